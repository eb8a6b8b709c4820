package io.github.deqa4j.label;

import java.util.Arrays;

/**
 * The size of errors.
 *
 * @param l1 their mean absolute value
 * @param rms the root of their mean square
 */
public record ErrorNorms(double l1, double rms) {
    /** Norms of errors, of which there is at least one. */
    static ErrorNorms of(double[] errors) {
        return new ErrorNorms(
                Arrays.stream(errors).map(Math::abs).average().orElseThrow(),
                Math.sqrt(Arrays.stream(errors).map(e -> e * e).average().orElseThrow()));
    }
}
