package io.github.deqa4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.metric.Estimate.Interval;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTableTest {
    private static final EvaluationSettings SETTINGS =
            EvaluationSettings.standard().withResamples(200).withSeed(5);

    @Test
    void aDataSetAloneHasNoMean() {
        assertThat(EvaluationTable.of(List.of(Samples.random(1, 50)), SETTINGS).mean())
                .isEmpty();
    }

    @Test
    void theMeanIsOverDataSetsAndItsIntervalNarrower() {
        EvaluationTable table = EvaluationTable.of(List.of(Samples.random(1, 100), Samples.random(2, 300)), SETTINGS);
        EvaluationReport mean = table.mean().orElseThrow();
        double first = value(table.reports().get(0), Metric.SRCC);
        double second = value(table.reports().get(1), Metric.SRCC);

        assertThat(mean.images()).isEqualTo(400);
        assertThat(value(mean, Metric.SRCC)).isCloseTo((first + second) / 2, within(1e-15));
        assertThat(width(mean)).isPositive().isLessThan(width(table.reports().get(0)));
    }

    @Test
    void dataSetsAreDrawnIndependently() {
        List<EvaluationReport> reports =
                EvaluationTable.of(List.of(named("a"), named("b")), SETTINGS).reports();
        assertThat(interval(reports.get(0))).isNotEqualTo(interval(reports.get(1)));
    }

    @Test
    void anIntervalFollowsFromTheSeedAndTheNameAlone() {
        Interval alone = interval(
                EvaluationTable.of(List.of(named("b")), SETTINGS).reports().get(0));
        assertThat(interval(EvaluationTable.of(List.of(Samples.random(9, 40), named("a"), named("b")), SETTINGS)
                        .reports()
                        .get(2)))
                .isEqualTo(alone);
        assertThat(interval(EvaluationTable.of(List.of(named("b")), SETTINGS.withSeed(6))
                        .reports()
                        .get(0)))
                .isNotEqualTo(alone);
    }

    @Test
    void twoDataSetsOfOneNameAreRefused() {
        assertThatThrownBy(() -> EvaluationTable.of(List.of(named("a"), named("b"), named("a")), SETTINGS))
                .isInstanceOf(DeqaException.class)
                .hasMessage("two data sets are named \"a\"; name them apart");
    }

    @Test
    void theMeanHasTheMetricsThatAllDataSetsHave() {
        EvaluationSet without = Samples.of(new double[] {1, 2, 3, 4, 5}, new double[] {1, 2, 3, 5, 4});
        EvaluationTable table =
                EvaluationTable.of(List.of(Samples.random(1, 100), without), SETTINGS.withCurve(Optional.empty()));

        assertThat(table.reports().get(0).estimates()).containsKey(Metric.KL);
        assertThat(table.mean().orElseThrow().estimates())
                .containsOnlyKeys(Metric.SRCC, Metric.PLCC, Metric.KRCC, Metric.RMSE);
    }

    @Test
    void intervalsHoldTheValue() {
        EvaluationReport report = EvaluationTable.of(List.of(Samples.random(1, 400)), SETTINGS)
                .reports()
                .get(0);

        assertThat(report.estimates()).hasSize(Metric.values().length).allSatisfy((metric, estimate) -> {
            Interval interval = estimate.interval().orElseThrow();
            assertThat(estimate.value()).as(metric.label()).isBetween(interval.low(), interval.high());
        });
    }

    @Test
    void withoutResamplesThereAreNoIntervals() {
        EvaluationReport report = EvaluationTable.of(List.of(Samples.random(1, 40)), SETTINGS.withResamples(0))
                .reports()
                .get(0);

        assertThat(report.estimate(Metric.SRCC).orElseThrow().interval()).isEmpty();
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> SETTINGS.withResamples(-1))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the number of resamples is -1; it must lie in [0, 1000000]");
        assertThatThrownBy(() -> SETTINGS.withConfidence(95))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the confidence is 95.0; it must lie between 0 and 1, such as 0.95");
        assertThatThrownBy(() -> SETTINGS.withThreads(0))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the number of threads is 0; it must be at least 1");
    }

    @Test
    void aSpreadPredictedAsZeroDoesNotStopTheEvaluation() {
        EvaluationSet set = new EvaluationSet(
                "koniq",
                List.of(
                        new EvaluatedImage("a", "a.png", 5, 0, 4, 0.5),
                        new EvaluatedImage("b", "b.png", 4, 0.5, 3, 0.5)));
        EvaluationReport report = EvaluationTable.of(List.of(set), SETTINGS.withCurve(Optional.empty()))
                .reports()
                .get(0);

        assertThat(value(report, Metric.KL)).isFinite().isGreaterThan(1e7);
        assertThat(value(report, Metric.JS)).isFinite().isLessThan(10);
        assertThat(value(report, Metric.W)).isFinite();
    }

    private static EvaluationSet named(String name) {
        return new EvaluationSet(name, Samples.random(1, 100).images());
    }

    private static Interval interval(EvaluationReport report) {
        return report.estimate(Metric.SRCC).orElseThrow().interval().orElseThrow();
    }

    private static double value(EvaluationReport report, Metric metric) {
        return report.estimate(metric).orElseThrow().value();
    }

    private static double width(EvaluationReport report) {
        return interval(report).high() - interval(report).low();
    }
}
