package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.metric.Estimate.Interval;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The reports of data sets and their mean.
 *
 * @param settings how they were evaluated
 * @param reports one for each data set
 * @param mean unweighted means over the data sets, with intervals of their own; empty for a single data set
 */
public record EvaluationTable(
        EvaluationSettings settings, List<EvaluationReport> reports, Optional<EvaluationReport> mean) {
    private static final String MEAN = "mean";

    /** A table that does not change. */
    public EvaluationTable {
        reports = List.copyOf(reports);
    }

    /** The warnings about all data sets, one sentence each. */
    public List<String> warnings() {
        return reports.stream().flatMap(report -> report.warnings().stream()).toList();
    }

    /** A report and the resamples behind it. */
    private record Row(EvaluationReport report, Map<Metric, double[]> resampled) {}

    /**
     * Evaluates data sets. The resamples of each follow from the seed and its name alone.
     *
     * @throws DeqaException if two data sets have one name
     */
    public static EvaluationTable of(List<EvaluationSet> sets, EvaluationSettings settings) {
        requireApart(sets.stream().map(EvaluationSet::name).toList());
        List<Row> rows = sets.stream().map(set -> row(set, settings)).toList();
        return new EvaluationTable(
                settings,
                rows.stream().map(Row::report).toList(),
                rows.size() > 1 ? Optional.of(mean(rows, settings)) : Optional.empty());
    }

    /**
     * Checks the names of data sets for one table.
     *
     * @throws DeqaException if two are equal
     */
    public static void requireApart(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new DeqaException("two data sets are named \"" + name + "\"; name them apart");
            }
        }
    }

    /** The seed of a data set's resamples. It depends on the name, and not on the position in the table. */
    private static long seed(EvaluationSettings settings, String name) {
        byte[] key = (settings.seed() + " " + name).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(key).getLeastSignificantBits();
    }

    private static Row row(EvaluationSet set, EvaluationSettings settings) {
        WeightedSample sample = new WeightedSample(set, settings.curve());
        SufficientStatistics statistics = sample.statistics();
        Map<Metric, double[]> resampled = new Bootstrap(
                        settings.resamples(), seed(settings, set.name()), settings.threads())
                .values(List.of(sample))
                .get(0);
        Map<Metric, Estimate> estimates = new EnumMap<>(Metric.class);
        for (Metric metric : sample.metrics()) {
            double[] values = Objects.requireNonNull(resampled.get(metric));
            estimates.put(metric, new Estimate(metric.value(statistics), Interval.of(values, settings.confidence())));
        }
        List<String> warnings = Stream.concat(
                        settings.resamples() == 0 ? Stream.empty() : IntervalWarnings.of(set).stream(),
                        sample.warnings(set.name(), statistics).stream())
                .toList();
        return new Row(
                EvaluationReport.of(set.name(), set.size(), estimates)
                        .model(set.model())
                        .references(set.referenceCount())
                        .fit(sample.fit())
                        .bias(bias(set))
                        .spread(spread(set))
                        .warnings(warnings)
                        .build(),
                resampled);
    }

    private static double bias(EvaluationSet set) {
        return set.images().stream()
                .mapToDouble(image -> image.predicted() - image.truth())
                .average()
                .orElseThrow();
    }

    private static Optional<SpreadCalibration> spread(EvaluationSet set) {
        return set.hasTruthStd() ? Optional.of(SpreadCalibration.of(set)) : Optional.empty();
    }

    private static EvaluationReport mean(List<Row> rows, EvaluationSettings settings) {
        Map<Metric, Estimate> estimates = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            List<Estimate> values = rows.stream()
                    .flatMap(row -> row.report().estimate(metric).stream())
                    .toList();
            if (values.size() == rows.size()) {
                double value =
                        values.stream().mapToDouble(Estimate::value).average().orElseThrow();
                estimates.put(metric, new Estimate(value, Interval.of(means(rows, metric), settings.confidence())));
            }
        }
        int images = rows.stream().mapToInt(row -> row.report().images()).sum();
        return EvaluationReport.of(MEAN, images, estimates).build();
    }

    /** Means over the data sets, resample by resample: the data sets are drawn independently. */
    private static double[] means(List<Row> rows, Metric metric) {
        List<double[]> values = rows.stream()
                .map(row -> Objects.requireNonNull(row.resampled().get(metric)))
                .toList();
        double[] means = new double[values.get(0).length];
        Arrays.setAll(
                means,
                i -> values.stream().mapToDouble(value -> value[i]).average().orElseThrow());
        return means;
    }
}
