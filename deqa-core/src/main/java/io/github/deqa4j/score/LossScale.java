package io.github.deqa4j.score;

/**
 * What counts as losing nothing and what as losing most.
 *
 * @param best the score that loses nothing, in [1, 5]: the image's best place
 * @param worst the score that loses most, in [1, 5]
 */
record LossScale(double best, double worst) {
    /**
     * The least difference that gets the strongest color: a whole level, as from good to fair. With less, the small differences
     * that there are in every good image would look as grave as damage.
     */
    private static final double LEAST_RANGE = 1;

    static LossScale of(QualityMap map) {
        double best = map.best();
        double level = Math.max(Level.BAD.value(), best - LEAST_RANGE);
        return new LossScale(best, Math.min(map.worst(), level));
    }

    /** The share of the scale that a score between its ends loses, 0 to 1. */
    double lost(double score) {
        return score < best ? (best - score) / (best - worst) : 0;
    }
}
