package io.github.deqa4j.image.codec;

import io.github.deqa4j.image.RgbImage;
import java.util.Arrays;

/** Writes a row of pixels as RGB, by Pillow's rules for each kind of color. */
public interface RowConversion {
    /**
     * Converts a row.
     *
     * @param row [width × bands] samples, which may be changed
     * @param rgb where [width × 3] samples go
     * @param to index of the first
     */
    void convert(int[] row, byte[] rgb, int to);

    /** Clips at 0 and 255 instead of scaling, as Pillow does in its modes I;16, I and F. */
    static RowConversion clippedGray(int bands) {
        return (row, rgb, to) -> {
            for (int from = 0; from < row.length; from += bands, to += RgbImage.CHANNELS) {
                Arrays.fill(rgb, to, to + RgbImage.CHANNELS, (byte) Math.max(0, Math.min(255, row[from])));
            }
        };
    }

    static RowConversion scaledGray(int bands, int bits) {
        return (row, rgb, to) -> {
            for (int from = 0; from < row.length; from += bands, to += RgbImage.CHANNELS) {
                Arrays.fill(rgb, to, to + RgbImage.CHANNELS, toByte(row[from], bits));
            }
        };
    }

    /** Turns black into white and white into black before another conversion. */
    static RowConversion inverted(int bits, RowConversion next) {
        int white = (int) ((1L << bits) - 1);
        return (row, rgb, to) -> {
            for (int i = 0; i < row.length; i++) {
                row[i] ^= white;
            }
            next.convert(row, rgb, to);
        };
    }

    /**
     * Drops what follows red, green and blue.
     *
     * @param bits of each band
     */
    static RowConversion rgb(int[] bits) {
        return (row, rgb, to) -> {
            for (int from = 0; from < row.length; from += bits.length, to += RgbImage.CHANNELS) {
                rgb[to] = toByte(row[from], bits[0]);
                rgb[to + 1] = toByte(row[from + 1], bits[1]);
                rgb[to + 2] = toByte(row[from + 2], bits[2]);
            }
        };
    }

    /**
     * Divides red, green and blue by the alpha that follows them, rounding down. Fully transparent pixels become black.
     *
     * @param bits of each band
     */
    static RowConversion premultiplied(int[] bits) {
        return (row, rgb, to) -> {
            for (int from = 0; from < row.length; from += bits.length, to += RgbImage.CHANNELS) {
                int alpha = toByte(row[from + 3], bits[3]) & 0xFF;
                for (int c = 0; c < RgbImage.CHANNELS; c++) {
                    int color = (toByte(row[from + c], bits[c]) & 0xFF) * 255;
                    rgb[to + c] = (byte) (alpha == 0 ? 0 : Math.min(255, color / alpha));
                }
            }
        };
    }

    static RowConversion cmyk(int bands, int bits) {
        return (row, rgb, to) -> {
            for (int from = 0; from < row.length; from += bands, to += RgbImage.CHANNELS) {
                int white = 255 - (toByte(row[from + 3], bits) & 0xFF);
                for (int c = 0; c < RgbImage.CHANNELS; c++) {
                    rgb[to + c] = ColorArithmetic.withInk(toByte(row[from + c], bits) & 0xFF, white);
                }
            }
        };
    }

    /**
     * Looks the first band up.
     *
     * @param colors [256 × 3]; black after the last color that the file has, as in Pillow
     */
    static RowConversion palette(int bands, byte[] colors) {
        return (row, rgb, to) -> {
            for (int from = 0; from < row.length; from += bands, to += RgbImage.CHANNELS) {
                System.arraycopy(colors, (row[from] & 0xFF) * RgbImage.CHANNELS, rgb, to, RgbImage.CHANNELS);
            }
        };
    }

    /** Keeps the high byte of a larger sample and stretches a smaller one to 0…255, rounded down, as Pillow does. */
    private static byte toByte(int sample, int bits) {
        return (byte) (bits >= 8 ? sample >>> (bits - 8) : sample * 255 / ((1 << bits) - 1));
    }
}
