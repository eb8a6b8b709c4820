package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Koschmieder's law of vision through air, in light: J t + A (1 − t), with t = exp(−β d) and a gray veil A = {@value
 * #VEIL}. The depth d falls from 1 at the top to {@value #NEAR} at the bottom, as it mostly does outdoors.
 */
final class Haze implements Distortion {
    private static final Scale BETA = Scale.ofRatios(0.1, 2);
    private static final double VEIL = 0.8;
    private static final double NEAR = 0.4;

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        double beta = BETA.at(strength);
        int height = image.height();
        byte[] from = image.samples();
        byte[] samples = new byte[from.length];
        int row = samples.length / height;
        byte[] table = new byte[Srgb.CODES];
        for (int y = 0; y < height; y++) {
            double depth = 1 - (1 - NEAR) * (y + 0.5) / height;
            fill(table, StrictMath.exp(-beta * depth));
            for (int i = y * row; i < (y + 1) * row; i++) {
                samples[i] = table[from[i] & 0xFF];
            }
        }
        return new RgbImage(image.width(), height, samples);
    }

    private static void fill(byte[] table, double transmission) {
        for (int code = 0; code < table.length; code++) {
            table[code] = Srgb.code((float) (Srgb.light(code) * transmission + VEIL * (1 - transmission)));
        }
    }
}
