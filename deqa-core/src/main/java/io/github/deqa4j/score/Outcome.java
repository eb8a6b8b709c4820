package io.github.deqa4j.score;

import io.github.deqa4j.image.RgbImage;
import java.util.Optional;

/**
 * What became of one image of many.
 *
 * @param <T> what the caller calls an image, such as a path
 */
public sealed interface Outcome<T> {
    /** Which image. */
    T item();

    /**
     * An image with a score.
     *
     * @param image the decoded image
     * @param quality of the image as a whole; of its tiles, if {@link BatchOptions#view} is {@link View#DETAIL}
     * @param detail the scores of its tiles; present unless {@link BatchOptions#view} is {@link View#WHOLE}
     * @param map the scores of its parts; present if {@link BatchOptions#maps} asks for it
     * @param milliseconds that decoding and scoring took; of a batch that was scored together, an equal share
     */
    record Scored<T>(
            T item,
            RgbImage image,
            QualityScore quality,
            Optional<DetailScore> detail,
            Optional<QualityMap> map,
            double milliseconds)
            implements Outcome<T> {}

    /**
     * An image without a score.
     *
     * @param error an {@link io.github.deqa4j.image.UnreadableImageException}, a {@link io.github.deqa4j.ScoringException}, a
     *     {@link io.github.deqa4j.DeqaException} of the caller's own function, or the {@link OutOfMemoryError} of an image that does
     *     not fit into memory even when it is decoded alone
     */
    record Failed<T>(T item, Throwable error) implements Outcome<T> {}
}
