package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Shrunk and enlarged again by taking the nearest pixel, by a factor that need not be whole: jagged edges, then blocks.
 * KADID-10k shrinks to 0.99, 0.95, 0.9, 0.8 and 0.5 of the size.
 */
final class Pixelation implements Distortion {
    private static final Scale FACTOR_LESS_ONE = Scale.ofRatios(0.5, 5);

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        double factor = 1 + FACTOR_LESS_ONE.at(strength);
        int[] columns = nearest(image.width(), factor);
        int[] rows = nearest(image.height(), factor);
        byte[] from = image.samples();
        byte[] samples = new byte[from.length];
        int to = 0;
        for (int row : rows) {
            for (int column : columns) {
                int pixel = (row * columns.length + column) * RgbImage.CHANNELS;
                samples[to++] = from[pixel];
                samples[to++] = from[pixel + 1];
                samples[to++] = from[pixel + 2];
            }
        }
        return new RgbImage(image.width(), image.height(), samples);
    }

    /** For each place of an axis, the one whose pixel stands there afterwards. */
    private static int[] nearest(int length, double factor) {
        int[] result = new int[length];
        for (int i = 0; i < length; i++) {
            double middle = (Math.floor((i + 0.5) / factor) + 0.5) * factor;
            result[i] = Math.min(length - 1, (int) middle);
        }
        return result;
    }
}
