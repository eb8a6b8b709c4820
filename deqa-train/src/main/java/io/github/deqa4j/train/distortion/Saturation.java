package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Distance from gray of the same brightness Y multiplied: Y + g (v − Y), clipped. g falls from 1 to 0, gray, or rises
 * above 1. In sRGB. KADID-10k multiplies HSV's saturation by 0.4, 0.2, 0.1, 0, −0.4, and Lab's a and b by 1, 2, 3, 6,
 * 9.
 */
final class Saturation implements Distortion {
    private final Scale change;
    private final int direction;

    private Saturation(Scale change, int direction) {
        this.change = change;
        this.direction = direction;
    }

    static Saturation down() {
        return new Saturation(Scale.ofDifferences(0.3, 1), -1);
    }

    static Saturation up() {
        return new Saturation(Scale.ofRatios(0.5, 6), 1);
    }

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        float gain = (float) (1 + direction * change.at(strength));
        byte[] from = image.samples();
        byte[] samples = new byte[from.length];
        for (int i = 0; i < samples.length; i += RgbImage.CHANNELS) {
            float gray = Luma.of(from[i] & 0xFF, from[i + 1] & 0xFF, from[i + 2] & 0xFF);
            for (int c = i; c < i + RgbImage.CHANNELS; c++) {
                samples[c] = Planes.roundCode(gray + gain * ((from[c] & 0xFF) - gray));
            }
        }
        return new RgbImage(image.width(), image.height(), samples);
    }
}
