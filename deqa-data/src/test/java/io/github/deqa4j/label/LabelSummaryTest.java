package io.github.deqa4j.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.metric.DistributionGap;
import io.github.deqa4j.score.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LabelSummaryTest {
    private static final LevelValues HALVES = LevelValues.of(0, 0.5, 0.5, 0, 0); // mean 3.5, std 0.5

    @Test
    void divergenceIsTakenOverImagesWithASpread() {
        LabelSummary summary = LabelSummary.of(List.of(label(3, 0.7, HALVES), label(3, 0, HALVES)));
        assertThat(summary.distances().js().orElseThrow())
                .isCloseTo(DistributionGap.of(3.5, 0.5, 3, 0.7).js(), within(1e-15));
        assertThat(LabelSummary.of(List.of(label(3, 0, HALVES))).distances().js())
                .isEmpty();
    }

    @Test
    void distancesAreTakenOverAllImages() {
        LabelSummary summary = LabelSummary.of(List.of(label(3, 0.5, HALVES), label(3.5, 0.25, HALVES)));
        assertThat(summary.distances().wasserstein().orElseThrow()).isCloseTo((0.5 + 0.25) / 2, within(1e-15));
        assertThat(summary.errors().std().orElseThrow().mae()).isCloseTo(0.125, within(1e-15));
        assertThat(summary.errors().std().orElseThrow().rmse()).isCloseTo(Math.sqrt(0.25 * 0.25 / 2), within(1e-15));
    }

    @Test
    void labelsThatWeighMoreThanOneAreCounted() {
        LevelValues heavy = LevelValues.of(0, 0.5, 0.51, 0, 0);
        assertThat(LabelSummary.of(List.of(label(3, 1, HALVES), label(3, 1, heavy)))
                        .overweight())
                .isEqualTo(1);
    }

    private static SoftLabel label(double mean, double std, LevelValues p) {
        return new SoftLabel(
                mean,
                OptionalDouble.of(std),
                Level.FAIR,
                Optional.empty(),
                Optional.empty(),
                p,
                SoftLabel.Kind.TWO_LEVEL);
    }
}
