package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.reliability.FaultFile;
import io.github.deqa4j.reliability.NetworkMark;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.FaultKind;
import io.github.deqa4j.train.compact.FaultFit.Example;
import io.github.deqa4j.train.distortion.DistortionKind;
import io.github.deqa4j.train.distortion.DistortionSequence;
import io.github.deqa4j.train.distortion.DistortionSequence.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultFitTest {
    private static final int KINDS = FaultKind.ALL.size();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "BLUR, GAUSSIAN_BLUR LENS_BLUR MOTION_BLUR RESAMPLING",
        "PIXELATION, PIXELATION",
        "NOISE, COLOR_NOISE IMPULSE_NOISE SPECKLE_NOISE WHITE_NOISE",
        "OVER_SHARPENING, OVER_SHARPENING",
        "JPEG, JPEG JPEG_TWICE",
        "JPEG_2000, WAVELET",
        "BANDING, BANDING",
        "BLOCK_LOSS, BLOCK_LOSS BLOCK_SHIFT",
        "LOW_CONTRAST, CONTRAST_DOWN HAZE",
        "HIGH_CONTRAST, CONTRAST_UP",
        "OVER_EXPOSURE, OVER_EXPOSURE",
        "UNDER_EXPOSURE, UNDER_EXPOSURE",
        "VIGNETTE, VIGNETTE",
        "UNDERSATURATION, SATURATION_DOWN",
        "OVERSATURATION, SATURATION_UP",
        "COLOR_CAST, COLOR_CAST"
    })
    void distortionsThatPeopleCannotTellApartAreOneFault(FaultKind fault, String distortions) {
        assertThat(Arrays.stream(DistortionKind.values())
                        .filter(kind -> FaultFit.fault(kind) == fault)
                        .map(Enum::name)
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .isEqualTo(distortions);
    }

    @Test
    void faultsThatTheStatisticsShowAreNamedAndGoodImagesHaveNone() {
        FaultFile file = FaultFit.of(examples(40));

        assertThat(file.of(logarithms(FaultKind.BLUR, 0), 1)).isEmpty();
        for (DistortionKind kind : DistortionKind.values()) {
            FaultKind fault = FaultFit.fault(kind);
            assertThat(file.of(logarithms(fault, 0.8), 1)).first().satisfies(first -> {
                assertThat(first.kind()).isEqualTo(fault);
                assertThat(first.strength()).isCloseTo(0.8, within(0.15));
            });
        }
    }

    @Test
    void twoFaultsAreNamedTheStrongerFirst() {
        double[] logarithms = logarithms(FaultKind.BLUR, 0.9);
        logarithms[FaultKind.ALL.indexOf(FaultKind.JPEG)] = 0.5;

        assertThat(FaultFit.of(examples(40)).of(logarithms, 1))
                .extracting(Fault::kind)
                .containsExactly(FaultKind.BLUR, FaultKind.JPEG);
    }

    /** Of twelve good images ⌈.9·12⌉ = 11 decide. */
    @Test
    void theLimitIsAQuarterAboveWhatNineTenthsOfTheGoodImagesDoNotExceedWhenLeftOut() {
        List<Example> examples = examples(12);
        double[] highest = examples.stream()
                .filter(Example::isGood)
                .mapToDouble(one -> Arrays.stream(leftOut(examples, one)).max().orElseThrow())
                .sorted()
                .toArray();

        assertThat(tensor(FaultFit.of(examples), "faults.limit"))
                .containsExactly(new float[] {(float) (1.25 * highest[10])}, within(1e-7f));
    }

    @Test
    void scalesBringTheValuesOfLeftOutImagesClosestToTheStrengths() {
        List<Example> examples = examples(12);
        int kind = FaultKind.ALL.indexOf(FaultKind.JPEG_2000);
        double products = 0;
        double squares = 0;
        for (Example one : examples) {
            if (one.strengths()[kind] > 0) {
                double value = leftOut(examples, one)[kind];
                products += value * one.strengths()[kind];
                squares += value * value;
            }
        }

        assertThat(tensor(FaultFit.of(examples), "faults.scales")[kind])
                .isCloseTo((float) (products / squares), within(1e-5f));
    }

    @Test
    void ofTwoDistortionsOfOneKindTheStrongerCounts() {
        DistortionSequence twice = new DistortionSequence(
                List.of(new Step(DistortionKind.JPEG, 0.7, 1), new Step(DistortionKind.JPEG_TWICE, 0.3, 2)));

        assertThat(new Example(0, new double[KINDS], twice).strengths()[FaultKind.ALL.indexOf(FaultKind.JPEG)])
                .isEqualTo(0.7);
    }

    @Test
    void aKindWithoutExamplesIsRefused() {
        List<Example> examples = examples(10);
        examples.removeIf(one -> one.strengths()[FaultKind.ALL.indexOf(FaultKind.JPEG_2000)] > 0);

        assertThatThrownBy(() -> FaultFit.of(examples))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the examples do not show what jpeg-2000 looks like; give more images");
    }

    /** What functions that were made without the image's fifth say of it. */
    private static double[] leftOut(List<Example> examples, Example one) {
        List<Example> rest = examples.stream()
                .filter(other -> other.image() % 5 != one.image() % 5)
                .toList();
        return RidgeRegression.of(
                        rest.stream().map(Example::logarithms).toList(),
                        rest.stream().map(Example::strengths).toList(),
                        0.3)
                .at(one.logarithms());
    }

    private float[] tensor(FaultFile file, String name) {
        Path path = folder.resolve("faults.safetensors");
        file.write(path, new NetworkMark(1, 2, 3, 4, 5));
        return Objects.requireNonNull(Checkpoint.openFile(path).tensors().get(name))
                .toFloats();
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

    private static double[] logarithms(FaultKind kind, double strength) {
        double[] logarithms = new double[KINDS];
        logarithms[FaultKind.ALL.indexOf(kind)] = strength;
        return logarithms;
    }
}
