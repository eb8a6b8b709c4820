package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;

/**
 * The predicted and the true score of an image, both on the scale from 1 (bad) to 5 (excellent).
 *
 * @param id the image's id in its data set
 * @param path of the image below the folder of images
 * @param predicted predicted score, in [1, 5]
 * @param predictedStd predicted spread of the ratings, at least 0
 * @param truth mean opinion score, in [1, 5]
 * @param truthStd spread of the ratings, in [0, 4]; not a number where the data set has none
 */
public record EvaluatedImage(
        String id, String path, double predicted, double predictedStd, double truth, double truthStd) {
    private static final double LEAST = 1;
    private static final double GREATEST = 5;
    private static final double TOLERANCE = 1e-6;
    /** The whole scale: twice what ratings on it can spread, which leaves room for few ratings and a stretched scale. */
    private static final double GREATEST_STD = GREATEST - LEAST;

    /**
     * An image whose numbers are in range.
     *
     * @throws DeqaException if a score lies outside [1, 5] by more than 1e-6, the predicted spread is negative, infinite or
     *     absent, or the true one lies outside [0, 4]
     */
    public EvaluatedImage {
        requireScore(id, "predicted score", predicted);
        requireScore(id, "true score", truth);
        if (!(predictedStd >= 0 && Double.isFinite(predictedStd))) {
            throw new DeqaException("the predicted std of " + Excerpt.quoted(id) + " is " + predictedStd
                    + "; it must be at least 0 and finite, so look at its logits");
        }
        if (truthStd < 0 || truthStd > GREATEST_STD) {
            throw new DeqaException(
                    "the true std of " + Excerpt.quoted(id) + " is " + truthStd
                            + "; it must lie in [0, 4], so bring the data set's standard deviations to the scale of the levels first");
        }
    }

    /** Whether people's spread is known. */
    public boolean hasTruthStd() {
        return !Double.isNaN(truthStd);
    }

    private static void requireScore(String id, String what, double score) {
        if (!(score >= LEAST - TOLERANCE && score <= GREATEST + TOLERANCE)) {
            throw new DeqaException("the " + what + " of " + Excerpt.quoted(id) + " is " + score
                    + "; it must lie in [1, 5], so bring the data set's scores to that scale first");
        }
    }
}
