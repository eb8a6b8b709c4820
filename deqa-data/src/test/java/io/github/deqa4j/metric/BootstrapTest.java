package io.github.deqa4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.metric.Estimate.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    @Test
    void countingEqualsWritingTheResampleOut() {
        for (LogisticCurve curve : LogisticCurve.values()) {
            for (int seed = 0; seed < 15; seed++) {
                EvaluationSet set = Samples.random(seed, 300 + 40 * seed, 0.1);
                WeightedSample.Workspace workspace = new WeightedSample(set, Optional.of(curve)).workspace();
                for (int resample = 0; resample < 4; resample++) {
                    int[] counts = new int[set.size()];
                    Resampling.of(set).draw(31L * seed + resample, counts);
                    SufficientStatistics counted = workspace.statistics(counts);
                    SufficientStatistics written =
                            new WeightedSample(Samples.expanded(set, counts), Optional.of(curve)).statistics();
                    for (Metric metric : Metric.values()) {
                        assertThat(metric.value(counted))
                                .as("%s, %s, %d, %d", metric, curve, seed, resample)
                                .isCloseTo(metric.value(written), within(1e-8));
                    }
                }
            }
        }
    }

    @Test
    void aResampleDrawsAsManyImagesAsThereAre() {
        int[] counts = new int[1000];
        Resampling.of(Samples.random(1, 1000)).draw(7, counts);

        assertThat(Arrays.stream(counts).sum()).isEqualTo(1000);
        assertThat(Arrays.stream(counts).filter(count -> count == 0).count()).isBetween(330L, 410L); // 1000 / e
    }

    @Test
    void aResampleOfReferencesDrawsEachWithAllItsImages() {
        EvaluationSet set = new EvaluationSet(
                "set",
                Samples.random(1, 60).images(),
                IntStream.range(0, 60).mapToObj(i -> "r" + i % 6).toList(),
                Optional.empty());
        int[] counts = new int[60];
        for (int seed = 0; seed < 20; seed++) {
            Resampling.of(set).draw(seed, counts);

            assertThat(Arrays.stream(counts).sum()).isEqualTo(60);
            for (int i = 6; i < 60; i++) {
                assertThat(counts[i]).isEqualTo(counts[i % 6]);
            }
        }
        assertThat(Resampling.of(set).units()).isEqualTo(6);
    }

    @Test
    void valuesDoNotDependOnTheThreads() {
        WeightedSample sample = new WeightedSample(Samples.random(3, 200), Optional.of(LogisticCurve.LOGISTIC4));
        Map<Metric, double[]> one =
                new Bootstrap(50, 9, 1).values(List.of(sample)).get(0);
        Map<Metric, double[]> five =
                new Bootstrap(50, 9, 5).values(List.of(sample)).get(0);
        Map<Metric, double[]> other =
                new Bootstrap(50, 10, 1).values(List.of(sample)).get(0);

        for (Metric metric : Metric.values()) {
            assertThat(five.get(metric)).isEqualTo(one.get(metric)).doesNotHaveDuplicates();
            assertThat(other.get(metric)).isNotEqualTo(one.get(metric));
        }
    }

    @Test
    void moreResamplesKeepTheFirstOnes() {
        WeightedSample sample = new WeightedSample(Samples.random(3, 50), Optional.empty());
        double[] few = new Bootstrap(10, 9, 2).values(List.of(sample)).get(0).get(Metric.SRCC);
        double[] many = new Bootstrap(20, 9, 2).values(List.of(sample)).get(0).get(Metric.SRCC);

        assertThat(many).startsWith(few);
    }

    @Test
    void anIntervalIsTheMiddleOfTheDefinedResamples() {
        double[] values = new double[102];
        Arrays.setAll(values, i -> i);
        values[101] = Double.NaN;

        Interval interval = Interval.of(values, 0.9).orElseThrow();
        assertThat(interval.low()).isCloseTo(5, within(1e-12));
        assertThat(interval.high()).isCloseTo(95, within(1e-12));
        assertThat(Interval.of(new double[] {1, Double.NaN}, 0.9)).isEmpty();
    }
}
