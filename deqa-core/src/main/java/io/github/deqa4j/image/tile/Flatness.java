package io.github.deqa4j.image.tile;

import io.github.deqa4j.image.RgbImage;

/**
 * Whether a part of an image shows almost nothing: sky, paper, a black border. What counts is the standard deviation of its samples
 * about the plane that fits them best, in the color where it is largest. Blur leaves the coarse structure of things and noise
 * adds to it, so that neither makes a part flat.
 */
final class Flatness {
    /** Largest standard deviation about the plane of a flat part, in levels of 8 bits. */
    static final double LIMIT = 2;

    /** Pixels that are looked at along an axis, at most. */
    private static final int SAMPLES = 64;

    private Flatness() {}

    static boolean isFlat(RgbImage image, TileArea area) {
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            if (deviation(image, area, channel) > LIMIT) {
                return false;
            }
        }
        return true;
    }

    /** The standard deviation about the plane of one color, from pixels on a grid. */
    static double deviation(RgbImage image, TileArea area, int channel) {
        int columns = Math.min(SAMPLES, area.width());
        int rows = Math.min(SAMPLES, area.height());
        double sum = 0;
        double squares = 0;
        double alongX = 0;
        double alongY = 0;
        for (int row = 0; row < rows; row++) {
            int y = area.y() + place(row, rows, area.height());
            double v = row - (rows - 1) / 2.0;
            for (int column = 0; column < columns; column++) {
                int sample = image.sample(area.x() + place(column, columns, area.width()), y, channel);
                sum += sample;
                squares += (double) sample * sample;
                alongX += sample * (column - (columns - 1) / 2.0);
                alongY += sample * v;
            }
        }
        // the columns and rows are orthogonal and centered, so that each slope is had alone
        double count = (double) rows * columns;
        double residual =
                squares - sum * sum / count - explained(alongX, columns, rows) - explained(alongY, rows, columns);
        return Math.sqrt(Math.max(0, residual) / count);
    }

    /** The sum of squares that a slope along an axis explains: (Σ u·s)² / Σ u², with u centered. */
    private static double explained(double along, int count, int others) {
        return count == 1 ? 0 : along * along / (others * count * ((double) count * count - 1) / 12);
    }

    /** Index of a pixel: evenly spread, in the middle of its stretch. */
    private static int place(int index, int count, int length) {
        return (int) ((2L * index + 1) * length / (2L * count));
    }
}
