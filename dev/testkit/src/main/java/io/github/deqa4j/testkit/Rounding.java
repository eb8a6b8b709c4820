package io.github.deqa4j.testkit;

/**
 * How far two float32 results may lie apart that differ only in the order of their sums: in the instruction set, in the
 * size of a batch, in the number of processes.
 */
public final class Rounding {
    private static final double UNIT = 0x1p-24; // of float32, rounded to nearest
    private static final double CONFIDENCE = 8; // exceeded with probability 2·exp(−8²/2), about 3e-14 a sum

    private Rounding() {}

    /**
     * The relative error of a sum: λ·√n·u, by Higham and Mary, "A New Approach to Probabilistic Rounding Error Analysis",
     * SIAM J. Sci. Comput. 41 (2019), with λ = 8.
     *
     * @param terms how many roundings follow each other between the inputs and the result, n
     * @return the relative error, as a share of the sum of the terms' absolute values
     */
    public static double of(int terms) {
        return CONFIDENCE * Math.sqrt(terms) * UNIT;
    }
}
