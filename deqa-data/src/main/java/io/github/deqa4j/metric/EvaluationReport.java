package io.github.deqa4j.metric;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How good the predictions for a data set are.
 *
 * @param name what tables call the data set
 * @param images how many images it has
 * @param references how many references they have, which are drawn for the intervals then; empty where images are drawn
 * @param fit the fitted curve; empty if none was asked for or could be fitted, and in the row of
 *     means
 * @param estimates the metrics that can be told, in the order of {@link Metric}
 * @param bias mean of the predictions less the mean of the truths; not a number in the row of means
 * @param spread whether the predicted spread is that of the ratings; empty where these have none, and in the row of means
 * @param warnings why some of them say nothing of the model, one sentence each
 */
public record EvaluationReport(
        String name,
        int images,
        OptionalInt references,
        Optional<LogisticFit> fit,
        Map<Metric, Estimate> estimates,
        double bias,
        Optional<SpreadCalibration> spread,
        List<String> warnings) {
    /** A report whose metrics stand in the order of {@link Metric}. */
    public EvaluationReport {
        EnumMap<Metric, Estimate> ordered = new EnumMap<>(Metric.class);
        ordered.putAll(estimates);
        estimates = Collections.unmodifiableMap(ordered);
        warnings = List.copyOf(warnings);
    }

    /** The value of a metric; empty where it cannot be told. */
    public Optional<Estimate> estimate(Metric metric) {
        return Optional.ofNullable(estimates.get(metric));
    }
}
