package io.github.deqa4j.train.distortion;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;

/**
 * A kind of distortion with all that decides what it does.
 *
 * @param kind which
 * @param strength above 0, up to 1
 * @param seed of noise, places and directions
 */
public record Dose(DistortionKind kind, double strength, long seed) {
    /** @throws DeqaException if the strength is not in its range */
    public Dose {
        requireStrength(strength);
    }

    /** The image, made worse; a new one of the same size. */
    public RgbImage apply(RgbImage image) {
        return kind.apply(image, strength, seed);
    }

    static void requireStrength(double strength) {
        if (!(strength > 0 && strength <= 1)) {
            throw new DeqaException(
                    "the strength of a distortion is " + strength + "; it must be above 0 and at most 1");
        }
    }
}
