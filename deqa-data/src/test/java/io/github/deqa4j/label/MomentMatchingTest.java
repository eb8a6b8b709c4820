package io.github.deqa4j.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.label.MomentMatching.Match;
import io.github.deqa4j.score.Level;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentMatchingTest {
    private static final int CASES = 2_000;
    private static final double EXACT = 1e-9;

    @Test
    void meanAndStdAreExactAllOverTheFeasibleRegion() {
        Random random = new Random(1);
        for (int i = 0; i < CASES; i++) {
            Gaussian opinion = feasible(random, random.nextDouble());
            assertExact(opinion, MomentMatching.match(opinion));
        }
    }

    @Test
    void meanAndStdAreExactCloseToBothBounds() {
        Random random = new Random(2);
        for (int i = 0; i < CASES; i++) {
            double close = Math.pow(10, -1 - 14 * random.nextDouble());
            Gaussian low = feasible(random, close);
            Gaussian high = feasible(random, 1 - close);
            assertExact(low, MomentMatching.match(low));
            assertExact(high, MomentMatching.match(high));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0",
        "3, 1e-12",
        "3, 1e-5",
        "3, 0.01",
        "3, 2",
        "1, 0",
        "5, 0",
        "2.5, 0.5",
        "4.25, 1.5612494995995996",
        "1.0000001, 0.00031622776",
        "4.999999999, 0.00006",
        "3.000000001, 0.0001"
    })
    void extremeOpinionsAreMatched(double mean, double std) {
        Gaussian opinion = new Gaussian(mean, std);
        assertExact(opinion, MomentMatching.match(opinion));
    }

    @Test
    void noDistributionWithTheSameMomentsIsCloserToTheGaussian() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            Gaussian opinion = feasible(random, 0.02 + 0.96 * random.nextDouble());
            double[] p = MomentMatching.match(opinion).probabilities().toArray();
            double[] direction = massMeanAndVarianceKept(random);
            for (double length : new double[] {-1e-2, -1e-4, 1e-4, 1e-2}) {
                double[] other = moved(p, direction, length);
                if (isPositive(other)) {
                    assertThat(divergence(other, opinion)).isGreaterThan(divergence(p, opinion) - 1e-13);
                }
            }
        }
    }

    @Test
    void flippingTheScaleFlipsTheLabel() {
        Random random = new Random(4);
        for (int i = 0; i < CASES; i++) {
            Gaussian opinion = new Gaussian(1 + 4 * random.nextDouble(), 2.5 * random.nextDouble());
            Match match = MomentMatching.match(opinion);
            Match flipped = MomentMatching.match(new Gaussian(6 - opinion.mean(), opinion.std()));
            assertThat(flipped.kind()).isEqualTo(match.kind());
            for (Level level : Level.ALL) {
                assertThat(flipped.probabilities().get(Level.ALL.get(level.value() - 1)))
                        .isCloseTo(match.probabilities().get(level), within(EXACT));
            }
        }
    }

    @Test
    void tooSmallAStdGivesTheTwoLevelsAroundTheMean() {
        assertThat(MomentMatching.match(new Gaussian(3.25, 0.4)))
                .isEqualTo(new Match(LevelValues.of(0, 0.25, 0.75, 0, 0), SoftLabel.Kind.STD_TOO_SMALL));
    }

    @Test
    void tooLargeAStdGivesTheOutermostLevels() {
        assertThat(MomentMatching.match(new Gaussian(2, 1.8)))
                .isEqualTo(new Match(LevelValues.of(0.25, 0, 0, 0, 0.75), SoftLabel.Kind.STD_TOO_LARGE));
        assertThat(MomentMatching.match(new Gaussian(5, 0.3)))
                .isEqualTo(new Match(LevelValues.of(1, 0, 0, 0, 0), SoftLabel.Kind.STD_TOO_LARGE));
    }

    @Test
    void whatIsNotFeasibleStillKeepsTheMean() {
        Random random = new Random(5);
        for (int i = 0; i < CASES; i++) {
            Gaussian opinion = new Gaussian(1 + 4 * random.nextDouble(), random.nextBoolean() ? 0.001 : 2.5);
            assertDistribution(MomentMatching.match(opinion).probabilities());
            assertThat(MomentMatching.match(opinion).probabilities().mean()).isCloseTo(opinion.mean(), within(EXACT));
        }
    }

    /** A random mean, and a std at a share of the way from the least to the greatest variance. */
    private static Gaussian feasible(Random random, double share) {
        double mean = 1 + 4 * random.nextDouble();
        double least = (mean - Math.floor(mean)) * (Math.ceil(mean) - mean);
        double greatest = (mean - 1) * (5 - mean);
        return new Gaussian(mean, Math.sqrt(least + share * (greatest - least)));
    }

    private static void assertExact(Gaussian opinion, Match match) {
        assertThat(match.kind()).as("%s", opinion).isEqualTo(SoftLabel.Kind.MATCHED);
        assertDistribution(match.probabilities());
        assertThat(match.probabilities().mean()).as("%s", opinion).isCloseTo(opinion.mean(), within(EXACT));
        assertThat(match.probabilities().std()).as("%s", opinion).isCloseTo(opinion.std(), within(EXACT));
    }

    private static void assertDistribution(LevelValues p) {
        assertThat(p.mass()).isCloseTo(1, within(1e-12));
        assertThat(DoubleStream.of(p.toArray())).allMatch(x -> x >= 0);
    }

    /** A combination of the third and fourth differences, which are orthogonal to 1, v and v². */
    private static double[] massMeanAndVarianceKept(Random random) {
        double s = random.nextGaussian();
        double t = random.nextGaussian();
        return new double[] {s + t, -2 * s - 4 * t, 6 * t, 2 * s - 4 * t, -s + t};
    }

    private static double[] moved(double[] p, double[] direction, double length) {
        double[] other = p.clone();
        for (int i = 0; i < p.length; i++) {
            other[i] += length * direction[i];
        }
        return other;
    }

    private static boolean isPositive(double[] p) {
        for (double x : p) {
            if (x <= 0) {
                return false;
            }
        }
        return true;
    }

    /** KL from the Gaussian's density, up to a constant. */
    private static double divergence(double[] p, Gaussian opinion) {
        double sum = 0;
        for (Level level : Level.ALL) {
            double y = (level.value() - opinion.mean()) / opinion.std();
            double x = p[Level.EXCELLENT.value() - level.value()];
            sum += x > 0 ? x * (Math.log(x) + y * y / 2) : 0;
        }
        return sum;
    }
}
