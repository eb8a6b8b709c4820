package io.github.deqa4j.image.prepare;

import io.github.deqa4j.config.ColorNormalization;
import io.github.deqa4j.image.RgbImage;

/** A {@link ColorNormalization}, computed once for each of the 256 samples of each channel. */
final class ColorTable {
    private static final int LEVELS = 256;

    private final float[][] normalized; // [3][256]

    ColorTable(ColorNormalization colors) {
        normalized = new float[RgbImage.CHANNELS][LEVELS];
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            for (int value = 0; value < LEVELS; value++) {
                normalized[c][value] =
                        normalize(value, colors.mean().get(c), colors.std().get(c));
            }
        }
    }

    Pixels normalize(RgbImage image) {
        byte[] samples = image.samples();
        int area = image.width() * image.height();
        float[] pixels = new float[Math.multiplyExact(RgbImage.CHANNELS, area)];
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            float[] values = normalized[c];
            for (int i = 0; i < area; i++) {
                pixels[c * area + i] = values[samples[i * RgbImage.CHANNELS + c] & 0xFF];
            }
        }
        return new Pixels(pixels, image.height(), image.width());
    }

    /** Computed in float32, in the order of operations of the authors' image processor. */
    private static float normalize(int value, double mean, double std) {
        return ((float) (value * (1 / 255.0)) - (float) mean) / (float) std;
    }
}
