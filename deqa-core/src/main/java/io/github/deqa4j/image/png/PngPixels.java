package io.github.deqa4j.image.png;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;

/** Converts the rows of a PNG file to RGB. Alpha is dropped, and 16 bits are handled as in Pillow. */
final class PngPixels {
    private static final int GRAY = 0;
    private static final int RGB = 2;
    private static final int INDEXED = 3;
    private static final int GRAY_ALPHA = 4;
    private static final int RGB_ALPHA = 6;

    private final int colorType;
    private final int depth;
    private final int samples; // of a pixel
    private final byte[] palette;
    private final boolean clips;

    /** @throws io.github.deqa4j.image.UnreadableImageException if there is no such combination of color type and depth */
    PngPixels(EncodedFile file, PngChunks chunks) {
        colorType = chunks.colorType();
        depth = chunks.depth();
        boolean powerOfTwo = Integer.bitCount(depth) == 1;
        boolean known = switch (colorType) {
            case GRAY -> powerOfTwo && depth <= 16;
            case INDEXED -> powerOfTwo && depth <= 8;
            case RGB, GRAY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
            default -> false;
        };
        if (!known) {
            throw file.damaged("the PNG header has color type " + colorType + " with " + depth
                    + " bits, which PNG does not have; the file is damaged");
        }
        samples = switch (colorType) {
            case RGB -> 3;
            case GRAY_ALPHA -> 2;
            case RGB_ALPHA -> 4;
            default -> 1;
        };
        palette = colorType == INDEXED ? chunks.requirePalette() : new byte[0];
        clips = colorType == GRAY && depth == 16 && file.clipsDeepGray();
    }

    /** Bits of a pixel. */
    int bits() {
        return samples * depth;
    }

    /** Bytes of a row of so many pixels, without its filter. */
    int rowBytes(int columns) {
        return Math.toIntExact(((long) columns * bits() + 7) / Byte.SIZE);
    }

    /**
     * Writes a row.
     *
     * @param to index of the first pixel's red
     * @param step from a pixel to the next
     */
    void write(byte[] row, int columns, byte[] rgb, int to, int step) {
        for (int x = 0; x < columns; x++, to += step) {
            switch (colorType) {
                case INDEXED ->
                    System.arraycopy(palette, packed(row, x) * RgbImage.CHANNELS, rgb, to, RgbImage.CHANNELS);
                case RGB, RGB_ALPHA -> color(row, x, rgb, to);
                default -> gray(rgb, to, colorType == GRAY ? gray(row, x) : row[x * samples * depth / Byte.SIZE]);
            }
        }
    }

    private void color(byte[] row, int x, byte[] rgb, int to) {
        int bytes = depth / Byte.SIZE;
        int from = x * samples * bytes;
        rgb[to] = row[from];
        rgb[to + 1] = row[from + bytes];
        rgb[to + 2] = row[from + 2 * bytes];
    }

    private static void gray(byte[] rgb, int to, byte value) {
        rgb[to] = value;
        rgb[to + 1] = value;
        rgb[to + 2] = value;
    }

    private byte gray(byte[] row, int x) {
        if (depth == 16) {
            return clips && row[2 * x] != 0 ? (byte) 255 : row[clips ? 2 * x + 1 : 2 * x];
        }
        return (byte) (packed(row, x) * 255 / ((1 << depth) - 1));
    }

    /** A sample of at most eight bits. */
    private int packed(byte[] row, int x) {
        int perByte = Byte.SIZE / depth;
        int shift = Byte.SIZE - depth - x % perByte * depth;
        return (row[x / perByte] >> shift) & ((1 << depth) - 1);
    }
}
