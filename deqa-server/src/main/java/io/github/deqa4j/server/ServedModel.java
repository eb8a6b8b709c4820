package io.github.deqa4j.server;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;

/**
 * A model that is ready to score.
 *
 * @param scorer what scores
 * @param info what it is
 * @param interval whether its scores tell how far they can be relied on
 * @param queue the images that wait for it
 */
record ServedModel(Scorer scorer, ModelInfo info, boolean interval, ScoreQueue queue) {
    private static final int WARM_UP_SIDE = 64;

    /** Hashes the model and scores an image, so that the first request waits for neither. Closes the scorer if that fails. */
    static ServedModel of(Scorer scorer, QueueSettings settings, ServerMetrics metrics) {
        try {
            ModelInfo info = scorer.model();
            QualityScore first = scorer.score(new RgbImage(
                    WARM_UP_SIDE, WARM_UP_SIDE, new byte[WARM_UP_SIDE * WARM_UP_SIDE * RgbImage.CHANNELS]));
            return new ServedModel(
                    scorer, info, first.reliability().isPresent(), new ScoreQueue(scorer, settings, metrics));
        } catch (RuntimeException | Error e) {
            scorer.close();
            throw e;
        }
    }
}
