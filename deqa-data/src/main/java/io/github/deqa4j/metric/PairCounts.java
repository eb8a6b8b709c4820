package io.github.deqa4j.metric;

/**
 * What Kendall's correlation is made of: counts of pairs of images.
 *
 * @param all pairs, n·(n − 1) / 2
 * @param tiedX pairs with equal predictions
 * @param tiedY pairs with equal truths
 * @param surplus pairs in the same order in both, less the pairs in opposite order
 */
public record PairCounts(double all, double tiedX, double tiedY, double surplus) {
    /** Kendall's τ-b, in [-1, 1]; not a number where one side is constant. */
    public double tauB() {
        return surplus / (Math.sqrt(all - tiedX) * Math.sqrt(all - tiedY));
    }
}
