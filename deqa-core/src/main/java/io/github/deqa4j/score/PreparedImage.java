package io.github.deqa4j.score;

import io.github.deqa4j.image.RgbImage;

/** An image for which a scorer has done ahead what needs no network: {@link Scorer#prepare}. */
@FunctionalInterface
public interface PreparedImage {
    /** The image itself. */
    RgbImage image();
}
