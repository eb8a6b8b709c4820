package io.github.deqa4j.train.verify;

/**
 * One number of ours beside the authors'.
 *
 * @param what which one
 * @param expected the authors'
 * @param found ours
 * @param scale what a difference is measured against: the expected value, or something larger where that may be near zero
 */
public record Difference(String what, double expected, double found, double scale) {
    static Difference relative(String what, double expected, double found) {
        return new Difference(what, expected, found, Math.abs(expected));
    }

    /** |found − expected| / scale; 0 where both are equal, and infinite where either is not a number. */
    public double error() {
        if (expected == found) {
            return 0;
        }
        double error = Math.abs(found - expected) / scale;
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }
}
