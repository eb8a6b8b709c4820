package io.github.deqa4j.image.tiff;

import io.github.deqa4j.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;

/**
 * Upsamples Y, Cb, Cr blocks in which several Y share one Cb and one Cr (TIFF 6.0, section 21), by repetition as in
 * libtiff.
 */
final class YCbCrUpsampling extends InputStream {
    private final InputStream blocks;
    private final int columns;
    private final int rows;
    private final byte[] packed;
    private final byte[] unpacked;
    private final int width;
    private int at;

    /**
     * Begins with the first row.
     *
     * @param width pixels in a row of the result
     * @param columns pixels of a block from left to right
     * @param rows pixels of a block from top to bottom
     */
    YCbCrUpsampling(InputStream blocks, int width, int columns, int rows) {
        this.blocks = blocks;
        this.columns = columns;
        this.rows = rows;
        this.width = width;
        packed = new byte[Math.multiplyExact((width + columns - 1) / columns, columns * rows + 2)];
        unpacked = new byte[Math.multiplyExact(width * RgbImage.CHANNELS, rows)];
        at = unpacked.length;
    }

    @Override
    public int read() throws IOException {
        return fill() ? unpacked[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (!fill()) {
            return -1;
        }
        int copied = Math.min(count, unpacked.length - at);
        System.arraycopy(unpacked, at, into, offset, copied);
        at += copied;
        return copied;
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }

    private boolean fill() throws IOException {
        if (at < unpacked.length) {
            return true;
        }
        if (blocks.readNBytes(packed, 0, packed.length) < packed.length) {
            return false;
        }
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < width; x++) {
                pixel(x, y);
            }
        }
        at = 0;
        return true;
    }

    private void pixel(int x, int y) {
        int block = x / columns * (columns * rows + 2);
        int to = (y * width + x) * RgbImage.CHANNELS;
        unpacked[to] = packed[block + y * columns + x % columns];
        unpacked[to + 1] = packed[block + columns * rows];
        unpacked[to + 2] = packed[block + columns * rows + 1];
    }
}
