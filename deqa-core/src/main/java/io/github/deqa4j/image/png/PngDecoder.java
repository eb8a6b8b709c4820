package io.github.deqa4j.image.png;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.ImageDecoder;
import io.github.deqa4j.image.codec.Orientation;

/**
 * Decodes PNG of all color types and depths. Rows are decoded one after another, so that only the result needs memory
 * for the whole image. Nothing after the last row is needed.
 */
public final class PngDecoder implements ImageDecoder {
    /** Adam7: first column and row of each pass, distance of columns and rows. */
    private static final int[][] INTERLACED = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] PLAIN = {{0, 0, 1, 1}};

    @Override
    public RgbImage decode(EncodedFile file) {
        PngChunks chunks = PngChunks.parse(file);
        int width = chunks.width();
        int height = chunks.height();
        PngPixels pixels = new PngPixels(file, chunks);
        int[][] passes = chunks.isInterlaced() ? INTERLACED : PLAIN;
        try (PngRows rows = new PngRows(file, chunks, pixels.bits(), bytes(passes, width, height, pixels))) {
            byte[] rgb = new byte[Math.multiplyExact(width * RgbImage.CHANNELS, height)];
            for (int[] pass : passes) {
                int columns = count(width, pass[0], pass[2]);
                for (int y = pass[1]; y < height && columns > 0; y += pass[3]) {
                    byte[] row = rows.next(columns, y == pass[1]);
                    int to = (y * width + pass[0]) * RgbImage.CHANNELS;
                    pixels.write(row, columns, rgb, to, pass[2] * RgbImage.CHANNELS);
                }
            }
            rows.requireSum();
            return new RgbImage(width, height, rgb);
        }
    }

    @Override
    public Orientation orientation(EncodedFile file) {
        return PngChunks.parse(file).orientation();
    }

    /** Bytes of all rows and their filters. */
    private static long bytes(int[][] passes, int width, int height, PngPixels pixels) {
        long bytes = 0;
        for (int[] pass : passes) {
            int columns = count(width, pass[0], pass[2]);
            bytes += columns == 0 ? 0 : (1L + pixels.rowBytes(columns)) * count(height, pass[1], pass[3]);
        }
        return bytes;
    }

    private static int count(int length, int first, int step) {
        return Math.max(0, (length - first + step - 1) / step);
    }
}
