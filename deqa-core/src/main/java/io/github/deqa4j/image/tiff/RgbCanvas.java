package io.github.deqa4j.image.tiff;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.Orientation;

/** An image that is written piece by piece and turned at the same time, so that no second copy is needed. */
final class RgbCanvas {
    private final int width;
    private final int height;
    private final byte[] samples;
    private final int start;
    private final int columnStep;
    private final int rowStep;

    /**
     * Allocates the image.
     *
     * @param width pixels in a row as it is stored
     * @param height rows as they are stored
     * @param orientation how the image is turned
     */
    RgbCanvas(int width, int height, Orientation orientation) {
        this.width = orientation.isTransposed() ? height : width;
        this.height = orientation.isTransposed() ? width : height;
        samples = new byte[Math.multiplyExact(Math.multiplyExact(width, height), RgbImage.CHANNELS)];
        int alongRow = RgbImage.CHANNELS;
        int alongColumn = RgbImage.CHANNELS * this.width;
        int column = orientation.isTransposed() ? alongColumn : alongRow;
        int row = orientation.isTransposed() ? alongRow : alongColumn;
        columnStep = orientation.isFromRight() ? -column : column;
        rowStep = orientation.isFromBottom() ? -row : row;
        start = (orientation.isFromRight() ? (width - 1) * column : 0)
                + (orientation.isFromBottom() ? (height - 1) * row : 0);
    }

    /**
     * Writes a part of a row.
     *
     * @param x column of the first pixel, as stored
     * @param y row, as stored
     * @param rgb [pixels × 3]
     */
    void put(int x, int y, byte[] rgb, int pixels) {
        int to = start + x * columnStep + y * rowStep;
        for (int from = 0; from < pixels * RgbImage.CHANNELS; from += RgbImage.CHANNELS, to += columnStep) {
            samples[to] = rgb[from];
            samples[to + 1] = rgb[from + 1];
            samples[to + 2] = rgb[from + 2];
        }
    }

    /** The whole image. */
    RgbImage image() {
        return new RgbImage(width, height, samples);
    }
}
