package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Code values drawn towards or away from the image's mean brightness m: m + g (v − m), clipped. g falls from 1
 * towards 0, or rises above 1, where bright and dark places clip. In sRGB, as an editor's slider works.
 */
final class Contrast implements Distortion {
    private final Scale change;
    private final int direction;

    private Contrast(Scale change, int direction) {
        this.change = change;
        this.direction = direction;
    }

    static Contrast down() {
        return new Contrast(Scale.ofDifferences(0.25, 0.85), -1);
    }

    static Contrast up() {
        return new Contrast(Scale.ofRatios(0.3, 3), 1);
    }

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        double mean = Luma.mean(image);
        double gain = 1 + direction * change.at(strength);
        return Curves.codes(image, code -> mean + gain * (code - mean));
    }
}
