package io.github.deqa4j.cli;

import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.score.Outcome;
import io.github.deqa4j.score.QualityScore;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of an image.
 *
 * @param path the image, as it was named
 * @param quality its score; absent if it could not be read
 * @param detail the scores of its tiles, where they were asked for
 * @param width its width in pixels, 0 if it could not be read
 * @param height its height in pixels, 0 if it could not be read
 * @param ms milliseconds that reading and scoring took; its share where a batch was scored together
 * @param error why there is no score
 */
record ScoreRow(
        String path,
        @Nullable QualityScore quality,
        Optional<DetailScore> detail,
        int width,
        int height,
        double ms,
        @Nullable String error) {
    static ScoreRow of(Outcome<ImageList.Entry> outcome) {
        String path = outcome.item().path();
        if (outcome instanceof Outcome.Scored<ImageList.Entry> scored) {
            return scored(
                    path,
                    scored.quality(),
                    scored.detail(),
                    scored.image().width(),
                    scored.image().height(),
                    scored.milliseconds());
        }
        return failed(path, Failures.of(path, (Outcome.Failed<?>) outcome));
    }

    static ScoreRow scored(
            String path, QualityScore quality, Optional<DetailScore> detail, int width, int height, double ms) {
        return new ScoreRow(path, quality, detail, width, height, ms, null);
    }

    static ScoreRow failed(String path, String error) {
        return new ScoreRow(path, null, Optional.empty(), 0, 0, 0, Printable.shortened(error));
    }

    boolean failed() {
        return error != null;
    }

    /** The error; only of a row that has one. */
    String reason() {
        return Objects.requireNonNull(error);
    }

    /** The score; only of a row without an error. */
    QualityScore score() {
        return Objects.requireNonNull(quality);
    }

    LevelProbabilities probabilities() {
        return score().probabilities();
    }
}
