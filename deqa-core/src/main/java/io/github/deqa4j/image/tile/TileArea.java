package io.github.deqa4j.image.tile;

import io.github.deqa4j.image.RgbImage;

/**
 * A part of an image.
 *
 * @param x its left edge in pixels of the image
 * @param y its upper edge, likewise
 * @param width in pixels
 * @param height in pixels
 */
public record TileArea(int x, int y, int width, int height) {
    /** The pixels of the part; the image itself if the part is all of it. */
    public RgbImage cut(RgbImage image) {
        if (width == image.width() && height == image.height()) {
            return image;
        }
        int row = width * RgbImage.CHANNELS;
        byte[] samples = new byte[row * height];
        for (int i = 0; i < height; i++) {
            int from = ((y + i) * image.width() + x) * RgbImage.CHANNELS;
            System.arraycopy(image.samples(), from, samples, i * row, row);
        }
        return new RgbImage(width, height, samples);
    }
}
