package io.github.deqa4j.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.score.ScoreInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTableTest {
    private static final IntervalTable TABLE = new IntervalTable(
            0.8f, new float[] {2, 3, 4.5f}, new float[] {0.25f, 0.5f, 2}, new float[] {1, 0.5f, 0.125f});

    /** Between 3 and 4.5 a third of the way is 3.5: .5 + 1.5/3 below, .5 − .375/3 above. */
    @ParameterizedTest
    @CsvSource({
        "1.5, 1.25, 2.5",
        "2, 1.75, 3",
        "2.5, 2.125, 3.25",
        "3, 2.5, 3.5",
        "3.5, 2.5, 3.875",
        "4.5, 2.5, 4.625",
        "4.75, 2.75, 4.875"
    })
    void distancesAreInterpolatedBetweenScoresAndConstantOutside(double score, double low, double high) {
        ScoreInterval interval = TABLE.around(score, 1);

        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
        assertThat(interval.coverage()).isEqualTo(0.8);
    }

    @Test
    void wideningMultipliesBothDistances() {
        assertThat(TABLE.around(3, 2)).isEqualTo(new ScoreInterval(2, 4, 0.8));
    }

    /** The mean of five probabilities may be above 5 by a rounding error. */
    @ParameterizedTest
    @CsvSource({"1, 1, 2", "1.1, 1, 2.1", "4.9, 2.9, 5", "5.000000000000001, 3.000000000000001, 5"})
    void theIntervalStaysWithinTheScores(double score, double low, double high) {
        ScoreInterval interval = TABLE.around(score, 1);

        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
        assertThat(TABLE.around(score, 1e100)).isEqualTo(new ScoreInterval(1, 5, 0.8));
    }

    @Test
    void oneScoreMakesOneIntervalForAll() {
        IntervalTable constant = new IntervalTable(0.5f, new float[] {3}, new float[] {0.5f}, new float[] {0.25f});

        assertThat(constant.around(2, 1)).isEqualTo(new ScoreInterval(1.5, 2.25, 0.5));
        assertThat(constant.around(3, 1)).isEqualTo(new ScoreInterval(2.5, 3.25, 0.5));
        assertThat(constant.around(4, 1)).isEqualTo(new ScoreInterval(3.5, 4.25, 0.5));
    }

    @Test
    void theArraysAreCopied() {
        float[] below = {0.5f};
        IntervalTable table = new IntervalTable(0.5f, new float[] {3}, below, new float[] {0.25f});
        below[0] = 1;

        assertThat(table.around(3, 1).low()).isEqualTo(2.5);
    }
}
