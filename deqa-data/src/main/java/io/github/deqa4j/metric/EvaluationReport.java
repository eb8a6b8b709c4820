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
 * @param model the identity of the model that gave the predictions; empty where it is not known, and in the row of means
 * @param images how many images it has
 * @param references how many references they have, which are drawn for the intervals then; empty where images are drawn
 * @param fit the fitted curve; empty if none was asked for or could be fitted, and in the row of means
 * @param estimates the metrics that are defined for the data set, in the order of {@link Metric}
 * @param bias mean of the predictions less the mean of the truths; not a number in the row of means
 * @param spread whether the predicted spread is that of the ratings; empty where these have none, and in the row of means
 * @param warnings why some figures are not to be trusted, one sentence each
 */
public record EvaluationReport(
        String name,
        Optional<String> model,
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

    /** The value of a metric; empty where it is not defined for the data set. */
    public Optional<Estimate> estimate(Metric metric) {
        return Optional.ofNullable(estimates.get(metric));
    }

    /** Starts a report that has no more than its estimates. */
    public static Builder of(String name, int images, Map<Metric, Estimate> estimates) {
        return new Builder(name, images, estimates);
    }

    /** Collects the parts of a report. */
    public static final class Builder {
        private final String name;
        private final int images;
        private final Map<Metric, Estimate> estimates;
        private Optional<String> model = Optional.empty();
        private OptionalInt references = OptionalInt.empty();
        private Optional<LogisticFit> fit = Optional.empty();
        private double bias = Double.NaN;
        private Optional<SpreadCalibration> spread = Optional.empty();
        private List<String> warnings = List.of();

        private Builder(String name, int images, Map<Metric, Estimate> estimates) {
            this.name = name;
            this.images = images;
            this.estimates = estimates;
        }

        public Builder model(Optional<String> identity) {
            model = identity;
            return this;
        }

        public Builder references(OptionalInt count) {
            references = count;
            return this;
        }

        public Builder fit(Optional<LogisticFit> curve) {
            fit = curve;
            return this;
        }

        public Builder bias(double difference) {
            bias = difference;
            return this;
        }

        public Builder spread(Optional<SpreadCalibration> calibration) {
            spread = calibration;
            return this;
        }

        public Builder warnings(List<String> sentences) {
            warnings = sentences;
            return this;
        }

        public EvaluationReport build() {
            return new EvaluationReport(name, model, images, references, fit, estimates, bias, spread, warnings);
        }
    }
}
