package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Light multiplied by 2 to the power of some stops, and clipped: more or less time than the scene needed. What is too
 * bright is lost in white; what is dark is lost in the rounding to eight bits.
 */
final class Exposure implements Distortion {
    private final Scale stops;
    private final int direction;

    private Exposure(Scale stops, int direction) {
        this.stops = stops;
        this.direction = direction;
    }

    static Exposure over() {
        return new Exposure(Scale.ofDifferences(0.4, 2.7), 1);
    }

    static Exposure under() {
        return new Exposure(Scale.ofDifferences(0.5, 4.3), -1);
    }

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        double gain = StrictMath.pow(2, direction * stops.at(strength));
        return Curves.light(image, channel -> code -> gain * Srgb.light(code));
    }
}
