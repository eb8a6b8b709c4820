package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.reliability.IntervalTable;
import io.github.deqa4j.score.ScoreInterval;
import io.github.deqa4j.train.compact.ConformalIntervals.Residual;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConformalIntervalsTest {
    /** Of 19 errors the 18th is the quantile: ⌈20·.9⌉. Errors are −9, …, 9 hundredths, times 1 to 5 in the five groups. */
    @Test
    void distancesAreQuantilesOfTheErrorsOfScoresNearby() {
        List<Residual> residuals = new ArrayList<>();
        for (int group = 1; group <= 5; group++) {
            for (int i = -9; i <= 9; i++) {
                double score = 1 + 0.5 * group + 0.01 * i; // 1.5, 2, …, 3.5 in the mean
                residuals.add(new Residual(score, score + 0.01 * group * i));
            }
        }
        Collections.reverse(residuals);

        IntervalTable table = ConformalIntervals.of(residuals, 0.8);

        for (int group = 1; group <= 5; group++) {
            ScoreInterval interval = table.around(1 + 0.5 * group, 1);
            assertThat(interval.low()).isCloseTo(1 + 0.5 * group - 0.08 * group, within(1e-6));
            assertThat(interval.high()).isCloseTo(1 + 0.5 * group + 0.08 * group, within(1e-6));
            assertThat(interval.coverage()).isEqualTo(0.8);
        }
    }

    @Test
    void aScoreThatIsAlwaysTooHighHasAnIntervalBelowIt() {
        List<Residual> residuals = new ArrayList<>();
        for (int i = 0; i < 95; i++) {
            residuals.add(new Residual(2 + 0.01 * i, 1 + 0.01 * i));
        }

        ScoreInterval interval = ConformalIntervals.of(residuals, 0.8).around(2.5, 1);

        assertThat(interval.low()).isCloseTo(1.5, within(1e-6));
        assertThat(interval.high()).isEqualTo(2.5);
    }

    /** Of other images with the same errors, about the share that was asked for is inside. */
    @Test
    void theIntervalsCoverTheirShare() {
        SplittableRandom random = new SplittableRandom(5);
        IntervalTable table = ConformalIntervals.of(random(random, 5000), 0.8);

        long inside = random(random, 5000).stream()
                .filter(one -> {
                    ScoreInterval interval = table.around(one.score(), 1);
                    return interval.low() <= one.opinion() && one.opinion() <= interval.high();
                })
                .count();

        assertThat(inside).isBetween(3900L, 4100L);
    }

    @Test
    void tooFewResultsAreRefused() {
        List<Residual> few = random(new SplittableRandom(5), 44);

        assertThatThrownBy(() -> ConformalIntervals.of(few, 0.8))
                .isInstanceOf(DeqaException.class)
                .hasMessage("there are 8 results of images of similar quality, which is too few for intervals of 0.8");
        assertThatThrownBy(() -> ConformalIntervals.of(List.of(), 0.8)).isInstanceOf(DeqaException.class);
    }

    @Test
    void equalScoresAreRefused() {
        assertThatThrownBy(() -> ConformalIntervals.of(Collections.nCopies(100, new Residual(3, 3)), 0.8))
                .isInstanceOf(DeqaException.class)
                .hasMessage("many results have the score 3.0; intervals need results of images of different quality");
    }

    private static List<Residual> random(SplittableRandom random, int count) {
        List<Residual> residuals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double score = random.nextDouble(1.5, 4);
            residuals.add(new Residual(score, score + random.nextGaussian() * score / 20));
        }
        return residuals;
    }
}
