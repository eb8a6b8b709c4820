package io.github.deqa4j.score;

import io.github.deqa4j.image.RgbImage;

/** Says how good pictures look, and where in them. Threads and lifetime are those of the {@link Scorer} that it is from. */
@FunctionalInterface
public interface QualityMapper {
    /**
     * Scores a picture and its parts, with one look at it.
     *
     * @param picture a decoded picture of any size
     * @return the score that the scorer gives the picture alone, and a map in the picture's own pixels
     */
    MappedScore map(RgbImage picture);
}
