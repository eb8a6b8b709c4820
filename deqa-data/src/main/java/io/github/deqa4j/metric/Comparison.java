package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.metric.Estimate.Interval;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Two predictions for the same images.
 *
 * @param settings how they were compared
 * @param a the first
 * @param b the second
 * @param images how many images both have
 * @param references how many references they have, which are drawn then; empty where images are drawn
 * @param differences by metric, in the order of {@link Metric}
 * @param warnings why some figures are not to be trusted, one sentence each
 */
public record Comparison(
        EvaluationSettings settings,
        Results a,
        Results b,
        int images,
        OptionalInt references,
        Map<Metric, Difference> differences,
        List<String> warnings) {

    /** A comparison whose metrics stand in the order of {@link Metric}. */
    public Comparison {
        EnumMap<Metric, Difference> ordered = new EnumMap<>(Metric.class);
        ordered.putAll(differences);
        differences = Collections.unmodifiableMap(ordered);
        warnings = List.copyOf(warnings);
    }

    /**
     * What is compared.
     *
     * @param name what tables call it
     * @param model the identity of the model that gave it; empty where it is not known
     */
    public record Results(String name, Optional<String> model) {
        private static Results of(EvaluationSet set) {
            return new Results(set.name(), set.model());
        }
    }

    /**
     * A metric of both.
     *
     * @param a value of the first
     * @param b value of the second
     * @param interval confidence interval of b − a, from resamples of the same images for both
     * @param pValue two-sided: how often resamples contradict the sign of the difference, doubled, at most 1; not a
     *     number where no resample defines the metric
     */
    public record Difference(double a, double b, Optional<Interval> interval, double pValue) {
        /** b − a. */
        public double value() {
            return b - a;
        }
    }

    /**
     * Compares by a paired bootstrap.
     *
     * @throws DeqaException if the two differ in images or truths, or no resamples are asked for
     */
    public static Comparison of(EvaluationSet a, EvaluationSet b, EvaluationSettings settings) {
        requireSameTruth(a, b);
        if (settings.resamples() == 0) {
            throw new DeqaException("a comparison needs resamples; ask for at least 1, better 1000");
        }
        WeightedSample sampleA = new WeightedSample(a, settings.curve());
        WeightedSample sampleB = new WeightedSample(b, settings.curve());
        List<Map<Metric, double[]>> resampled = new Bootstrap(settings.resamples(), settings.seed(), settings.threads())
                .values(List.of(sampleA, sampleB));
        SufficientStatistics statisticsA = sampleA.statistics();
        SufficientStatistics statisticsB = sampleB.statistics();
        Map<Metric, Difference> differences = new EnumMap<>(Metric.class);
        for (Metric metric :
                sampleA.metrics().stream().filter(sampleB.metrics()::contains).toList()) {
            double[] values = differences(
                    Objects.requireNonNull(resampled.get(0).get(metric)),
                    Objects.requireNonNull(resampled.get(1).get(metric)));
            differences.put(
                    metric,
                    new Difference(
                            metric.value(statisticsA),
                            metric.value(statisticsB),
                            Interval.of(values, settings.confidence()),
                            pValue(values)));
        }
        List<String> warnings = Stream.of(
                        IntervalWarnings.of(a),
                        sampleA.warnings(a.name(), statisticsA),
                        sampleB.warnings(b.name(), statisticsB))
                .flatMap(List::stream)
                .toList();
        return new Comparison(
                settings, Results.of(a), Results.of(b), a.size(), a.referenceCount(), differences, warnings);
    }

    private static double[] differences(double[] a, double[] b) {
        double[] differences = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            differences[i] = b[i] - a[i];
        }
        return differences;
    }

    /** 2·(1 + the rarer sign's count) / (1 + resamples): never 0, as a bootstrap of finite size cannot show that. */
    static double pValue(double[] differences) {
        int notAbove = 0;
        int notBelow = 0;
        int defined = 0;
        for (double difference : differences) {
            notAbove += difference <= 0 ? 1 : 0;
            notBelow += difference >= 0 ? 1 : 0;
            defined += Double.isNaN(difference) ? 0 : 1;
        }
        double tail = (1.0 + Math.min(notAbove, notBelow)) / (1.0 + defined);
        return defined == 0 ? Double.NaN : Math.min(1, 2 * tail);
    }

    private static void requireSameTruth(EvaluationSet a, EvaluationSet b) {
        boolean same = a.size() == b.size() && a.references().equals(b.references());
        for (int i = 0; same && i < a.size(); i++) {
            EvaluatedImage left = a.images().get(i);
            EvaluatedImage right = b.images().get(i);
            same = left.id().equals(right.id())
                    && left.truth() == right.truth()
                    && Double.compare(left.truthStd(), right.truthStd()) == 0;
        }
        if (!same) {
            throw new DeqaException(a.name() + " and " + b.name()
                    + " are not of the same images and truths; a paired comparison needs both");
        }
    }
}
