package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.reliability.FaultFile;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.FaultKind;
import io.github.deqa4j.train.compact.FaultFit.Example;
import io.github.deqa4j.train.distortion.DistortionKind;
import io.github.deqa4j.train.distortion.DistortionSequence;
import io.github.deqa4j.train.distortion.DistortionSequence.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaultFitTest {
    private static final int KINDS = FaultKind.ALL.size();

    @Test
    void eachKindOfDistortionIsAFault() {
        assertThat(DistortionKind.values()).extracting(FaultFit::fault).contains(FaultKind.values());
        assertThat(FaultFit.fault(DistortionKind.LENS_BLUR)).isEqualTo(FaultKind.BLUR);
        assertThat(FaultFit.fault(DistortionKind.HAZE)).isEqualTo(FaultKind.LOW_CONTRAST);
    }

    @Test
    void faultsThatTheStatisticsShowAreNamedAndGoodImagesHaveNone() {
        FaultFile file = FaultFit.of(examples(40));

        for (DistortionKind kind : DistortionKind.values()) {
            FaultKind fault = FaultFit.fault(kind);
            assertThat(file.of(statistics(fault, 0.8), 1)).first().satisfies(first -> {
                assertThat(first.kind()).isEqualTo(fault);
                assertThat(first.strength()).isCloseTo(0.8, within(0.15));
            });
        }
        assertThat(file.of(statistics(FaultKind.BLUR, 0), 1)).isEmpty();
    }

    @Test
    void twoFaultsAreNamedTheStrongerFirst() {
        float[] statistics = statistics(FaultKind.BLUR, 0.9);
        statistics[FaultKind.ALL.indexOf(FaultKind.JPEG)] = statistic(0.5);

        assertThat(FaultFit.of(examples(40)).of(statistics, 1))
                .extracting(Fault::kind)
                .containsExactly(FaultKind.BLUR, FaultKind.JPEG);
    }

    @Test
    void aKindWithoutExamplesIsRefused() {
        List<Example> examples = examples(10);
        examples.removeIf(one -> one.strengths()[FaultKind.ALL.indexOf(FaultKind.WAVELET)] > 0);

        assertThatThrownBy(() -> FaultFit.of(examples))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the examples do not show what wavelet looks like; give more images");
    }

    /** For each image itself and one version of each kind. */
    private static List<Example> examples(int images) {
        SplittableRandom random = new SplittableRandom(1);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            examples.add(new Example(i, logarithms(FaultKind.BLUR, 0, random), new DistortionSequence(List.of())));
            for (DistortionKind kind : DistortionKind.values()) {
                double strength = 0.1 + 0.9 * random.nextDouble();
                examples.add(new Example(
                        i,
                        logarithms(FaultFit.fault(kind), strength, random),
                        new DistortionSequence(List.of(new Step(kind, strength, 1)))));
            }
        }
        return examples;
    }

    /** The logarithm at the place of the kind is its strength; the others are 0, and there is noise in all. */
    private static double[] logarithms(FaultKind kind, double strength, SplittableRandom random) {
        double[] logarithms = new double[KINDS];
        logarithms[FaultKind.ALL.indexOf(kind)] = strength;
        for (int i = 0; i < KINDS; i++) {
            logarithms[i] += 0.02 * random.nextDouble();
        }
        return logarithms;
    }

    private static float[] statistics(FaultKind kind, double strength) {
        float[] statistics = new float[KINDS];
        for (int i = 0; i < KINDS; i++) {
            statistics[i] = statistic(i == FaultKind.ALL.indexOf(kind) ? strength : 0);
        }
        return statistics;
    }

    private static float statistic(double logarithm) {
        return (float) (Math.exp(logarithm) - 0.01);
    }
}
