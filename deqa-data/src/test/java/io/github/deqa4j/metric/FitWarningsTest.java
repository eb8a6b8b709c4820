package io.github.deqa4j.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FitWarningsTest {
    private static final String END =
            ", so SRCC (fit), PLCC (fit) and RMSE (fit) say nothing of this model; go by the raw ones";
    private static final EvaluationSettings SETTINGS =
            EvaluationSettings.standard().withResamples(0);

    @Test
    void aModelThatRanksAsPeopleDoIsNotDoubted() {
        assertThat(warnings(Samples.random(1, 200))).isEmpty();
    }

    @Test
    void aReversedModelIsDoubtedForBothCurves() {
        EvaluationSet set = reversed(Samples.random(1, 200));
        for (LogisticCurve curve : LogisticCurve.values()) {
            assertThat(warnings(set, Optional.of(curve)))
                    .as(curve.key())
                    .containsExactly("random 1: the fitted curve falls where the predictions rise" + END);
        }
    }

    @Test
    void aCurveThatTurnsIsDoubted() {
        LogisticFit turning = new LogisticFit(LogisticCurve.LOGISTIC5, List.of(-3.0, 4.0, 3.0, 1.0, 0.0));
        double[] x = IntStream.range(0, 41).mapToDouble(i -> 1 + i / 10.0).toArray();
        double[] y = Arrays.stream(x).map(turning::value).toArray();

        EvaluationReport report = table(Samples.of(x, y), Optional.of(LogisticCurve.LOGISTIC5))
                .reports()
                .get(0);
        double raw = report.estimate(Metric.SRCC).orElseThrow().value();
        assertThat(report.warnings())
                .containsExactly(String.format(
                        Locale.ROOT,
                        "set: the fitted curve is so steep or flat, or turns, that it ranks the images otherwise"
                                + " than the predictions (SRCC %.4f, fitted 1.0000)%s",
                        raw,
                        END));
    }

    @Test
    void whateverRanksOtherwiseThanThePredictionsIsDoubted() {
        Random random = new Random(3);
        List<String> warnings = new ArrayList<>();
        for (int trial = 0; trial < 50; trial++) {
            double[] x = random.doubles(30, 2, 4).toArray();
            double[] y = random.doubles(30, 2, 4).toArray();
            EvaluationReport report =
                    table(Samples.of(x, y), SETTINGS.curve()).reports().get(0);
            double raw = report.estimate(Metric.SRCC).orElseThrow().value();
            double fitted = report.estimate(Metric.SRCC_FIT).orElseThrow().value();
            if (!(Math.abs(fitted - raw) <= 0.01)) {
                assertThat(report.warnings()).as("%s, %s", raw, fitted).hasSize(1);
            }
            warnings.addAll(report.warnings());
        }
        assertThat(warnings)
                .anyMatch(warning -> warning.contains("curve falls"))
                .anyMatch(warning -> warning.contains("steep or flat"));
    }

    @Test
    void withoutACurveThereIsNothingToDoubt() {
        assertThat(warnings(reversed(Samples.random(1, 50)), Optional.empty())).isEmpty();
    }

    @Test
    void figuresOfACurveThatCannotBeFittedAreLeftOutOfThisDataSetAlone() {
        EvaluationSet few = new EvaluationSet("few", Samples.random(1, 3).images());
        EvaluationTable table = EvaluationTable.of(List.of(few, Samples.random(2, 100)), SETTINGS);

        assertThat(table.warnings())
                .containsExactly("few: the 4-parameter logistic cannot be fitted to these 3 images, so SRCC (fit), PLCC"
                        + " (fit) and RMSE (fit) are left out");
        assertThat(table.reports().get(0).estimates())
                .doesNotContainKey(Metric.PLCC_FIT)
                .containsKey(Metric.PLCC);
        assertThat(table.reports().get(1).estimates()).containsKey(Metric.PLCC_FIT);
        assertThat(table.mean().orElseThrow().estimates()).doesNotContainKey(Metric.PLCC_FIT);
    }

    @Test
    void aComparisonDoubtsEitherSide() {
        EvaluationSet good = Samples.random(1, 200);
        EvaluationSet bad = new EvaluationSet("bad", reversed(good).images());
        EvaluationSettings settings = SETTINGS.withResamples(1);
        String warning = "bad: the fitted curve falls where the predictions rise" + END;

        assertThat(Comparison.of(good, bad, settings).warnings()).containsExactly(warning);
        assertThat(Comparison.of(bad, good, settings).warnings()).containsExactly(warning);
        assertThat(Comparison.of(good, good, settings).warnings()).isEmpty();
    }

    private static List<String> warnings(EvaluationSet set) {
        return warnings(set, SETTINGS.curve());
    }

    private static List<String> warnings(EvaluationSet set, Optional<LogisticCurve> curve) {
        return table(set, curve).warnings();
    }

    private static EvaluationTable table(EvaluationSet set, Optional<LogisticCurve> curve) {
        return EvaluationTable.of(List.of(set), SETTINGS.withCurve(curve));
    }

    /** The same images, each predicted as far from the other end of the scale. */
    private static EvaluationSet reversed(EvaluationSet set) {
        return new EvaluationSet(
                set.name(),
                set.images().stream()
                        .map(p -> new EvaluatedImage(
                                p.id(), p.path(), 6 - p.predicted(), p.predictedStd(), p.truth(), p.truthStd()))
                        .toList());
    }
}
