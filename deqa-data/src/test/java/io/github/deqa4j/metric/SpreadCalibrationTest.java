package io.github.deqa4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadCalibrationTest {
    @Test
    void aPerfectSpreadLiesOnBothDiagonals() {
        SpreadCalibration calibration = SpreadCalibration.of(set(0.5, 0.5));

        assertThat(calibration.coverage())
                .hasSize(19)
                .allSatisfy(coverage -> assertThat(coverage.actual()).isCloseTo(coverage.nominal(), within(1e-12)));
        assertThat(calibration.bins()).hasSize(8).allSatisfy(bin -> {
            assertThat(bin.images()).isEqualTo(5);
            assertThat(bin.actual()).isCloseTo(bin.predicted(), within(1e-12));
        });
    }

    @Test
    void aSpreadTwiceTooWideHoldsTooMuch() {
        SpreadCalibration.Coverage half =
                SpreadCalibration.of(set(1, 0.5)).coverage().get(9);

        assertThat(half.nominal()).isEqualTo(0.5);
        assertThat(half.actual()).isCloseTo(0.8226564493476479, within(1e-9)); // 2·Φ(2·0.67449) − 1, by SciPy
    }

    @Test
    void aConstantStdAndThirdsStandBeside() {
        List<EvaluatedImage> images = IntStream.range(0, 9)
                .mapToObj(i -> new EvaluatedImage("p" + i, "p" + i, 2 + i / 9.0, i < 3 ? 0.25 : 1, 2 + i / 9.0, 0.5))
                .toList();
        SpreadCalibration spread = SpreadCalibration.of(new EvaluationSet("set", images));

        assertThat(SpreadCalibration.SHARES).containsExactly(0.5, 0.8, 0.95);
        assertThat(spread.constant().spread().predicted()).isCloseTo(0.75, within(1e-12));
        assertThat(spread.constant().shares().get(0))
                .isCloseTo(0.6883350447537588, within(1e-9)); // 2·Φ(1.5·0.67449) − 1
        assertThat(spread.thirds())
                .hasSize(3)
                .allSatisfy(third -> assertThat(third.spread().images()).isEqualTo(3));
        assertThat(spread.thirds().get(0).shares().get(0)).isCloseTo(0.26407, within(1e-5)); // 2·Φ(0.5·0.67449) − 1
        assertThat(spread.thirds().get(2).shares().get(0)).isCloseTo(0.8226564493476479, within(1e-9));
        assertThat(spread.all().shares().get(0))
                .isCloseTo(
                        spread.thirds().stream()
                                .mapToDouble(third -> third.shares().get(0))
                                .average()
                                .orElseThrow(),
                        within(1e-12));
    }

    @Test
    void ratingsWithoutSpreadAreHeldOrNot() {
        EvaluationSet set = new EvaluationSet(
                "set",
                List.of(
                        new EvaluatedImage("a", "a.png", 3, 0.5, 3.1, 0),
                        new EvaluatedImage("b", "b.png", 2, 0.5, 4, 0)));

        assertThat(SpreadCalibration.of(set).coverage().get(9).actual()).isEqualTo(0.5);
    }

    private static EvaluationSet set(double predictedStd, double truthStd) {
        return new EvaluationSet(
                "set",
                IntStream.range(0, 40)
                        .mapToObj(i -> new EvaluatedImage(
                                "p" + i, "p" + i + ".png", 2 + i / 20.0, predictedStd, 2 + i / 20.0, truthStd))
                        .toList());
    }
}
