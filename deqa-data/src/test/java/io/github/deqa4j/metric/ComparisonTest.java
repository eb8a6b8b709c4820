package io.github.deqa4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.metric.Estimate.Interval;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final EvaluationSettings SETTINGS =
            EvaluationSettings.standard().withResamples(300).withSeed(1);

    @Test
    void aSetDoesNotDifferFromItself() {
        EvaluationSet set = Samples.random(4, 80);
        Comparison.Difference difference = difference(Comparison.of(set, set, SETTINGS));

        assertThat(difference.value()).isZero();
        assertThat(difference.interval()).contains(new Interval(0, 0));
        assertThat(difference.pValue()).isEqualTo(1);
    }

    @Test
    void noiseMakesAPredictionWorse() {
        EvaluationSet set = Samples.random(4, 400);
        Comparison.Difference difference = difference(Comparison.of(set, noisy(set), SETTINGS));

        assertThat(difference.value()).isNegative().isEqualTo(difference.b() - difference.a());
        assertThat(difference.interval().orElseThrow().high()).isNegative();
        assertThat(difference.pValue()).isCloseTo(2.0 / 301, within(1e-15));
    }

    @Test
    void thePValueCountsTheRarerSign() {
        assertThat(Comparison.pValue(new double[] {1, 1, 1, -1})).isEqualTo(2 * 2.0 / 5);
        assertThat(Comparison.pValue(new double[] {1, 1, 1, 1})).isEqualTo(2 / 5.0);
        assertThat(Comparison.pValue(new double[] {1, Double.NaN})).isEqualTo(1);
        assertThat(Comparison.pValue(new double[] {Double.NaN})).isNaN();
    }

    @Test
    void differentImagesAndNoResamplesAreRefused() {
        assertThatThrownBy(() -> Comparison.of(Samples.random(1, 30), Samples.random(2, 30), SETTINGS))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "random 1 and random 2 are not of the same images and truths; a paired comparison needs both");
        assertThatThrownBy(() -> Comparison.of(Samples.random(1, 30), Samples.random(1, 30), SETTINGS.withResamples(0)))
                .isInstanceOf(DeqaException.class)
                .hasMessage("a comparison needs resamples; ask for at least 1, better 1000");
    }

    private static Comparison.Difference difference(Comparison comparison) {
        Comparison.Difference difference = comparison.differences().get(Metric.SRCC);
        assertThat(difference).isNotNull();
        return java.util.Objects.requireNonNull(difference);
    }

    private static EvaluationSet noisy(EvaluationSet set) {
        Random random = new Random(8);
        List<EvaluatedImage> images = set.images().stream()
                .map(p -> new EvaluatedImage(
                        p.id(),
                        p.path(),
                        Math.min(5, Math.max(1, p.predicted() + random.nextGaussian())),
                        p.predictedStd(),
                        p.truth(),
                        p.truthStd()))
                .toList();
        return new EvaluationSet("noisy", images);
    }
}
