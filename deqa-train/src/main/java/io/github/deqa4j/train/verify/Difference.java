package io.github.deqa4j.train.verify;

/**
 * A number that this implementation computed, and the same number from the code of the authors.
 *
 * @param what the name of the number
 * @param expected the number of the authors
 * @param found the number of this implementation
 * @param scale the divisor of the error: the expected value, or a larger number if that may be near zero
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
