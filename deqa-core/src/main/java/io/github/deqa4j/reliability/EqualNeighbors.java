package io.github.deqa4j.reliability;

import io.github.deqa4j.image.RgbImage;

/**
 * How many pixels have exactly the color of a neighbor. Sensors add noise to every pixel, so that photographs have few of them, unless large
 * parts are clipped. Drawn images are mostly made of them: flat colors, line drawings, charts, maps.
 */
final class EqualNeighbors {
    /** Of a larger image, evenly spaced rows with at most about this many pixels are compared. */
    private static final int MOST_PIXELS = 1 << 20;

    private EqualNeighbors() {}

    /**
     * The share of pixels equal to their right neighbor or the share equal to their lower one, whichever is less. With the greater one, an
     * image of one row after the other, such as a vertical gradient, would count as drawn.
     *
     * @return from 0 to 1; 1 in a direction without neighbors
     */
    static double share(RgbImage image) {
        int width = image.width();
        int step = 1 + (int) ((long) width * image.height() / MOST_PIXELS);
        return Math.min(
                share(image, width - 1, image.height(), step, 1), share(image, width, image.height() - 1, step, width));
    }

    private static double share(RgbImage image, int columns, int rows, int step, int distance) {
        long equal = 0;
        long all = 0;
        for (int y = 0; y < rows; y += step) {
            for (int x = 0; x < columns; x++) {
                int pixel = y * image.width() + x;
                equal += isEqual(image.samples(), pixel, pixel + distance) ? 1 : 0;
            }
            all += columns;
        }
        return all == 0 ? 1 : (double) equal / all;
    }

    private static boolean isEqual(byte[] samples, int pixel, int neighbor) {
        int a = pixel * RgbImage.CHANNELS;
        int b = neighbor * RgbImage.CHANNELS;
        return samples[a] == samples[b] && samples[a + 1] == samples[b + 1] && samples[a + 2] == samples[b + 2];
    }
}
