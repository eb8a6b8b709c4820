package io.github.deqa4j.metric;

/**
 * All that the metrics need to know of a data set or of a resample of it.
 *
 * @param n how many images there are, each as often as it counts
 * @param scores moments of predictions and truths
 * @param ranks moments of their ranks
 * @param pairs orders of the pairs
 * @param squaredError Σ (prediction − truth)²
 * @param fitted the same after the curve; undefined without one
 * @param gap sums of the distribution gaps; undefined where the data set has no std
 */
public record SufficientStatistics(
        double n,
        SecondMoments scores,
        SecondMoments ranks,
        PairCounts pairs,
        double squaredError,
        Fitted fitted,
        DistributionGap gap) {

    /**
     * What is known after the predictions went through the fitted curve.
     *
     * @param scores moments of fitted predictions and truths
     * @param ranks moments of their ranks
     * @param squaredError Σ (fitted prediction − truth)²
     */
    public record Fitted(SecondMoments scores, SecondMoments ranks, double squaredError) {
        /** There is no curve. */
        static final Fitted UNDEFINED = new Fitted(SecondMoments.UNDEFINED, SecondMoments.UNDEFINED, Double.NaN);
    }

    /**
     * The moments' correlation; not a number where rounding alone keeps them from being constant, which the ranks tell
     * exactly.
     */
    static double correlation(SecondMoments moments, SecondMoments ranks) {
        return ranks.xx() == 0 || ranks.yy() == 0 ? Double.NaN : moments.correlation();
    }

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
}
