package io.github.deqa4j.metric;

import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.stat.descriptive.rank.Percentile;

/**
 * A figure and its uncertainty.
 *
 * @param value the figure of all images; not a number where it is undefined
 * @param interval its confidence interval; empty without resamples
 */
public record Estimate(double value, Optional<Interval> interval) {
    /** A confidence interval: the middle part of the resamples (Efron's percentile interval). */
    public record Interval(double low, double high) {
        private static final double PERCENT = 100;
        private static final int FEWEST = 2;

        /**
         * The interval of resampled values.
         *
         * @param values values; those that are undefined in their resample are left out
         * @param confidence share of the resamples inside, in (0, 1)
         * @return empty if fewer than two values are defined
         */
        static Optional<Interval> of(double[] values, double confidence) {
            double[] defined =
                    Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
            if (defined.length < FEWEST) {
                return Optional.empty();
            }
            Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
            percentile.setData(defined);
            double tail = PERCENT * (1 - confidence) / 2;
            return Optional.of(new Interval(percentile.evaluate(tail), percentile.evaluate(PERCENT - tail)));
        }
    }
}
