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
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ConformalIntervalsTest {
    /** Of 19 errors the 18th is the quantile: ⌈20·.9⌉. Errors are −9, …, 9 hundredths, times 1 to 5 in the five groups. */
    @Test
    void distancesAreQuantilesOfTheErrorsOfScoresNearby() {
        IntervalTable table = table(groups(), ConformalIntervalsTest::atTheLimit);

        for (int group = 1; group <= 5; group++) {
            assertInterval(table, group, 1, 0.08 * group);
            assertThat(table.around(1, 1).coverage()).isEqualTo(0.8);
        }
    }

    /** Of 20 errors it is the 19th: ⌈21·.9⌉, not the 18th. */
    @Test
    void theRankIsRoundedUp() {
        List<Residual> residuals = groups();
        for (int group = 1; group <= 5; group++) {
            residuals.add(new Residual("more", 1 + 0.5 * group, 1 + 0.5 * group));
        }

        assertInterval(
                table(residuals, ConformalIntervalsTest::atTheLimit),
                2,
                1,
                0.08 * 2); // −9, …, 0, 0, …, 9: the 19th is 8
        assertThat(ranked(20)).isEqualTo(19);
        assertThat(ranked(28)).isEqualTo(27); // ⌈29·.9⌉ = ⌈26.1⌉
        assertThat(ranked(29)).isEqualTo(27);
    }

    /** The errors of one group in units of the unfamiliarity: twice as unfamiliar images with twice the errors have the same. */
    @Test
    void errorsAreDividedByTheUnfamiliarity() {
        IntervalTable table = table(groups(), image -> Integer.parseInt(image));

        for (int group = 1; group <= 5; group++) {
            assertInterval(table, group, 1, 0.08);
            assertInterval(table, group, 2, 0.16);
            assertInterval(table, group, 0.5, 0.04);
        }
    }

    @Test
    void imagesThatAreMoreFamiliarThanTheFloorCountAsThoseAtTheFloor() {
        IntervalTable table = table(groups(), image -> 0.01);

        assertInterval(table, 1, 0.45, 0.08);
        assertInterval(table, 1, 0.01, 0.08);
        assertInterval(table, 1, 0.9, 0.16);
        assertInterval(table(groups(), image -> 0.5), 1, 0.5, 0.08);
    }

    @Test
    void aScoreThatIsAlwaysTooHighHasAnIntervalBelowIt() {
        List<Residual> residuals = new ArrayList<>();
        for (int i = 0; i < 95; i++) {
            residuals.add(new Residual("", 2 + 0.01 * i, 1 + 0.01 * i));
        }

        ScoreInterval interval =
                table(residuals, ConformalIntervalsTest::atTheLimit).around(2.5, 1);

        assertThat(interval.low()).isCloseTo(1.5, within(1e-6));
        assertThat(interval.high()).isEqualTo(2.5);
    }

    /** Of other images with the same errors, about the share that was asked for is inside. */
    @Test
    void theIntervalsCoverTheirShare() {
        SplittableRandom random = new SplittableRandom(5);
        IntervalTable table = table(random(random, 5000), ConformalIntervalsTest::atTheLimit);

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

        assertThatThrownBy(() -> new ConformalIntervals(few, 0.8))
                .isInstanceOf(DeqaException.class)
                .hasMessage("there are 8 results of images of similar quality, which is too few for intervals of 0.8");
        assertThatThrownBy(() -> new ConformalIntervals(List.of(), 0.8)).isInstanceOf(DeqaException.class);
        assertThat(table(random(new SplittableRandom(5), 45), ConformalIntervalsTest::atTheLimit)
                        .coverage())
                .isEqualTo(0.8);
    }

    @Test
    void equalScoresAreRefused() {
        assertThatThrownBy(() -> new ConformalIntervals(Collections.nCopies(100, new Residual("", 3, 3)), 0.8))
                .isInstanceOf(DeqaException.class)
                .hasMessage("many results have the score 3.0; intervals need results of images of different quality");
    }

    private static double atTheLimit(String image) {
        return 1;
    }

    private static IntervalTable table(List<Residual> residuals, ToDoubleFunction<String> unfamiliarity) {
        return new ConformalIntervals(residuals, 0.8).table(unfamiliarity);
    }

    /** 19 residuals for each group, from the last to the first; the image is named after the group. */
    private static List<Residual> groups() {
        List<Residual> residuals = new ArrayList<>();
        for (int group = 1; group <= 5; group++) {
            for (int i = -9; i <= 9; i++) {
                double score = 1 + 0.5 * group + 0.01 * i; // 1.5, 2, …, 3.5 in the mean
                residuals.add(new Residual("" + group, score, score + 0.01 * group * i));
            }
        }
        Collections.reverse(residuals);
        return residuals;
    }

    private static void assertInterval(IntervalTable table, int group, double unfamiliarity, double distance) {
        ScoreInterval interval = table.around(1 + 0.5 * group, unfamiliarity);
        assertThat(interval.low()).isCloseTo(1 + 0.5 * group - distance, within(1e-6));
        assertThat(interval.high()).isCloseTo(1 + 0.5 * group + distance, within(1e-6));
    }

    /** Which of the errors 1, 2, … of a group of this size, in thousandths, the distance is. */
    private static int ranked(int size) {
        List<Residual> residuals = new ArrayList<>();
        for (int i = 0; i < 5 * size; i++) {
            double score = 2 + 0.01 * i;
            residuals.add(new Residual("", score, score + 0.001 * (i % size + 1)));
        }
        return (int) Math.round(1000
                * (table(residuals, ConformalIntervalsTest::atTheLimit)
                                .around(1, 1)
                                .high()
                        - 1));
    }

    private static List<Residual> random(SplittableRandom random, int count) {
        List<Residual> residuals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double score = random.nextDouble(1.5, 4);
            residuals.add(new Residual("", score, score + random.nextGaussian() * score / 20));
        }
        return residuals;
    }
}
