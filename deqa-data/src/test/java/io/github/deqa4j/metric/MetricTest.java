package io.github.deqa4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.testkit.Golden;
import java.nio.file.Path;
import java.util.Optional;
import org.hipparchus.stat.correlation.KendallsCorrelation;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;

class MetricTest {
    private static final double EXACT = 1e-12;

    @Test
    void metricsEqualTheAuthorsScripts() {
        Path folder = Golden.shipped("metrics");
        EvaluationSet set = EvaluationJoin.read(
                        "golden", folder.resolve("predictions.jsonl"), folder.resolve("truth.json"), false)
                .set();
        SufficientStatistics s = new WeightedSample(set, Optional.of(LogisticCurve.LOGISTIC4)).statistics();
        JsonNode expected = Golden.json(folder.resolve("expected.json"));

        assertThat(set.size()).isEqualTo(600);
        assertThat(Metric.SRCC.value(s)).isCloseTo(expected.get("SRCC_raw").doubleValue(), within(1e-9));
        assertThat(Metric.SRCC_FIT.value(s)).isCloseTo(expected.get("SRCC").doubleValue(), within(1e-9));
        assertThat(Metric.PLCC.value(s)).isCloseTo(expected.get("PLCC_raw").doubleValue(), within(1e-9));
        assertThat(Metric.PLCC_FIT.value(s)).isCloseTo(expected.get("PLCC").doubleValue(), within(1e-9));
        assertThat(Metric.KRCC.value(s)).isCloseTo(expected.get("KRCC").doubleValue(), within(1e-9));
        assertThat(Metric.KL.value(s)).isCloseTo(expected.get("KL").doubleValue(), within(1e-9));
        assertThat(Metric.JS.value(s)).isCloseTo(expected.get("JS").doubleValue(), within(1e-9));
        assertThat(Metric.W.value(s)).isCloseTo(expected.get("WD").doubleValue(), within(1e-9));
        assertThat(Metric.RMSE.value(s)).isCloseTo(0.41640189328988686, within(1e-9)); // NumPy
    }

    @Test
    void rankCorrelationsWithTiesAreThoseOfTheTextbook() {
        // x = 1 2 2 3, y = 1 1 3 2: ranks 1 2.5 2.5 4 and 1.5 1.5 4 3; of 6 pairs one is tied in x, one in y, 3 agree,
        // 1 not
        SufficientStatistics s = statistics(new double[] {1, 2, 2, 3}, new double[] {1, 1, 3, 2});

        assertThat(Metric.SRCC.value(s)).isCloseTo(2.25 / 4.5, within(EXACT));
        assertThat(Metric.KRCC.value(s)).isCloseTo(2.0 / 5, within(EXACT));
        assertThat(Metric.PLCC.value(s)).isCloseTo(1.0 / Math.sqrt(2 * 2.75), within(EXACT));
        assertThat(Metric.RMSE.value(s)).isCloseTo(Math.sqrt(3.0 / 4), within(EXACT));
    }

    @Test
    void correlationsEqualTheLibrarysOnManyTies() {
        for (int seed = 0; seed < 20; seed++) {
            EvaluationSet set = Samples.random(seed, 20 + 17 * seed);
            SufficientStatistics s = new WeightedSample(set, Optional.empty()).statistics();
            double[] x = set.values(EvaluatedImage::predicted);
            double[] y = set.values(EvaluatedImage::truth);

            assertThat(Metric.SRCC.value(s)).isCloseTo(new SpearmansCorrelation().correlation(x, y), within(EXACT));
            assertThat(Metric.PLCC.value(s)).isCloseTo(new PearsonsCorrelation().correlation(x, y), within(EXACT));
            assertThat(Metric.KRCC.value(s)).isCloseTo(new KendallsCorrelation().correlation(x, y), within(EXACT));
        }
    }

    @Test
    void aPerfectAndAReversedPredictionAreOneAndMinusOne() {
        double[] truth = {1, 2, 3, 4, 5};
        SufficientStatistics perfect = statistics(truth, truth);
        SufficientStatistics reversed = statistics(new double[] {5, 4, 3, 2, 1}, truth);

        for (Metric metric : new Metric[] {Metric.SRCC, Metric.PLCC, Metric.KRCC}) {
            assertThat(metric.value(perfect)).isCloseTo(1, within(EXACT));
            assertThat(metric.value(reversed)).isCloseTo(-1, within(EXACT));
        }
        assertThat(Metric.RMSE.value(perfect)).isZero();
    }

    @Test
    void theErrorAfterTheFitIsThatOfTheCurve() {
        EvaluationSet set = Samples.random(2, 60);
        WeightedSample sample = new WeightedSample(set, Optional.of(LogisticCurve.LOGISTIC4));
        LogisticFit fit = sample.fit().orElseThrow();
        double mean = set.images().stream()
                .mapToDouble(image -> Math.pow(fit.value(image.predicted()) - image.truth(), 2))
                .average()
                .orElseThrow();
        assertThat(Metric.RMSE_FIT.value(sample.statistics())).isCloseTo(Math.sqrt(mean), within(1e-9));
    }

    @Test
    void aConstantThatRoundingMovesHasNoCorrelationEither() {
        // three times 1.35 or 1.4, divided by three, is another double
        WeightedSample sample =
                new WeightedSample(Samples.of(new double[] {1, 1.35, 3}, new double[] {1, 1.4, 4}), Optional.empty());
        SufficientStatistics s = sample.workspace().statistics(new int[] {0, 3, 0});
        assertThat(s.scores().xx()).isPositive();
        assertThat(s.scores().yy()).isPositive();
        assertThat(Metric.PLCC.value(s)).isNaN();
    }

    @Test
    void aConstantResampleHasNoCorrelation() {
        WeightedSample sample = new WeightedSample(
                Samples.of(new double[] {1.1, 2.3, 3.7}, new double[] {1.3, 2.1, 4.9}), Optional.empty());
        SufficientStatistics s = sample.workspace().statistics(new int[] {0, 3, 0});

        assertThat(Metric.SRCC.value(s)).isNaN();
        assertThat(Metric.PLCC.value(s)).isNaN();
        assertThat(Metric.KRCC.value(s)).isNaN();
        assertThat(Metric.RMSE.value(s)).isCloseTo(0.2, within(EXACT));
    }

    @Test
    void eachMetricKnowsWhatItNeeds() {
        EvaluationSet without = Samples.of(new double[] {1, 2, 3, 4, 5}, new double[] {1, 2, 3, 5, 4});

        assertThat(new WeightedSample(without, Optional.empty()).metrics())
                .containsExactly(Metric.SRCC, Metric.PLCC, Metric.KRCC, Metric.RMSE);
        assertThat(new WeightedSample(Samples.random(1, 30), Optional.of(LogisticCurve.LOGISTIC4)).metrics())
                .containsExactly(Metric.values());
    }

    private static SufficientStatistics statistics(double[] predicted, double[] truth) {
        return new WeightedSample(Samples.of(predicted, truth), Optional.empty()).statistics();
    }
}
