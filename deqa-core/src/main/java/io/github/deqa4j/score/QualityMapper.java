package io.github.deqa4j.score;

import io.github.deqa4j.image.RgbImage;

/** Says how good images look, and where in them. Threads and lifetime are those of the {@link Scorer} that it is from. */
@FunctionalInterface
public interface QualityMapper {
    /**
     * Scores an image and its parts, with one look at it.
     *
     * @param image a decoded image of any size
     * @return the score that the scorer gives the image alone, and a map in the image's own pixels
     */
    MappedScore map(RgbImage image);
}
