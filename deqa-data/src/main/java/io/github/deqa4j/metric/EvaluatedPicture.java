package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;

/**
 * What was predicted of a picture and what people said of it, both on the scale from 1 (bad) to 5 (excellent).
 *
 * @param id the picture's id in its data set
 * @param image path of the picture below the folder of images
 * @param predicted predicted score, in [1, 5]
 * @param predictedStd predicted spread of the ratings, at least 0
 * @param truth mean opinion score, in [1, 5]
 * @param truthStd spread of the ratings, at least 0; not a number where the data set has none
 */
public record EvaluatedPicture(
        String id, String image, double predicted, double predictedStd, double truth, double truthStd) {
    private static final double LEAST = 1;
    private static final double GREATEST = 5;
    private static final double TOLERANCE = 1e-6;

    /**
     * A picture whose numbers are in range.
     *
     * @throws DeqaException if a score lies outside [1, 5] by more than 1e-6, or a spread is negative or infinite
     */
    public EvaluatedPicture {
        requireScore(id, "predicted score", predicted);
        requireScore(id, "true score", truth);
        requireSpread(id, "predicted std", predictedStd, Double.isNaN(predictedStd));
        requireSpread(id, "true std", truthStd, false);
    }

    /** Whether people's spread is known. */
    public boolean hasTruthStd() {
        return !Double.isNaN(truthStd);
    }

    private static void requireScore(String id, String what, double score) {
        if (!(score >= LEAST - TOLERANCE && score <= GREATEST + TOLERANCE)) {
            throw new DeqaException("the " + what + " of \"" + id + "\" is " + score
                    + "; it must lie in [1, 5], so bring the data set's scores to that scale first");
        }
    }

    private static void requireSpread(String id, String what, double std, boolean missing) {
        if (missing || std < 0 || Double.isInfinite(std)) {
            throw new DeqaException("the " + what + " of \"" + id + "\" is " + std
                    + "; it must be at least 0 and finite, so correct it or leave it out of every row");
        }
    }
}
