package io.github.deqa4j.metric;

import java.util.List;

/**
 * What is not linear in a logistic curve: s(x) = 1 / (1 + exp(−k·(x − c))). With it, both curves are sums of multiples of s,
 * of 1 and, for five parameters, of x.
 *
 * @param slope k, with x in standard deviations; above 0, since a falling curve is a rising one with a negative factor
 * @param center c, in standard deviations from the mean
 */
record LogisticShape(double slope, double center) {
    /** Flatter, s is a line or a cubic to many digits; steeper, a step. */
    private static final double LEAST_SLOPE = 0.01;

    private static final double GREATEST_SLOPE = 1e4;
    /** So far outside the data, k·(x − c), s is an exponential to many digits. */
    private static final double FARTHEST = 14;

    private static final double LONGEST_STEP = 2;

    /** s(x). */
    double value(double x) {
        return 1 / (1 + Math.exp(-slope * (x - center)));
    }

    /** The nearest shape that differs from its limits by more than rounding, for predictions between two ends. */
    LogisticShape inReach(double least, double greatest) {
        double k = between(slope, LEAST_SLOPE, GREATEST_SLOPE);
        return new LogisticShape(k, between(center, least - FARTHEST / k, greatest + FARTHEST / k));
    }

    /** The center, or the end of the predictions that lies nearest to it. */
    double anchor(double least, double greatest) {
        return between(center, least, greatest);
    }

    /** k·(c − anchor): 0 between the ends of the predictions. */
    double distance(double anchor) {
        return slope * (center - anchor);
    }

    /**
     * The shape after a step in ln k and in k·(c − anchor). Far outside the predictions these change s independently: the
     * second its factor, the first all else.
     */
    LogisticShape moved(double logSlope, double distance, double anchor) {
        double k = slope * Math.exp(logSlope);
        return new LogisticShape(k, anchor + (distance(anchor) + distance) / k);
    }

    /** A step in k·(c − anchor), cut to a length within which s changes smoothly and not out of reach. */
    double cut(double distance, double anchor) {
        double longest = LONGEST_STEP * Math.max(1, slope);
        double here = distance(anchor);
        return here == 0
                ? between(distance, -longest, longest)
                : between(between(distance, -longest, longest), -FARTHEST - here, FARTHEST - here);
    }

    /** A step in ln k, cut likewise. */
    static double cut(double logSlope) {
        return between(logSlope, -LONGEST_STEP, LONGEST_STEP);
    }

    /**
     * Where the authors' fits start: with four parameters a fourth of the standard deviation for 1/k, with five a k of 0,
     * of which this is the nearest in reach; and the five-parameter start that the data give, one standard deviation.
     */
    static List<LogisticShape> usualStarts() {
        return List.of(new LogisticShape(4, 0), new LogisticShape(LEAST_SLOPE, 0), new LogisticShape(1, 0));
    }

    private static double between(double value, double least, double greatest) {
        return Math.max(least, Math.min(greatest, value));
    }
}
