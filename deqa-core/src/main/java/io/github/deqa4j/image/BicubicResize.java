package io.github.deqa4j.image;

import java.util.Arrays;

/**
 * Pillow's bicubic resize of a square: a horizontal pass and then a vertical one, each rounded to 8 bits. Rows are resized
 * when the vertical pass first needs them and forgotten after its last use, so that a photograph needs no second copy.
 */
final class BicubicResize {
    private static final int HALF = 1 << (ResizeWeights.FRACTION_BITS - 1);

    private final PaddedRows source;
    private final ResizeWeights weights;
    private final int rowBytes;
    private final byte[][] window;
    private final byte[] paddingRow;
    private int nextRow;

    private BicubicResize(PaddedRows source, ResizeWeights weights, int side) {
        this.source = source;
        this.weights = weights;
        this.rowBytes = side * RgbImage.CHANNELS;
        this.window = new byte[weights.longest()][];
        this.paddingRow = horizontal(source.padding());
        this.nextRow = weights.start(0);
    }

    /**
     * Resizes a square and cuts the centre out.
     *
     * @param resized side of the square after resizing
     * @param side side of the result
     */
    static RgbImage crop(PaddedRows source, int resized, int side) {
        ResizeWeights weights = ResizeWeights.of(source.side(), resized, (resized - side) / 2, side);
        return new BicubicResize(source, weights, side).rows(side);
    }

    private RgbImage rows(int side) {
        byte[] result = new byte[Math.multiplyExact(side, rowBytes)];
        int[] sums = new int[rowBytes];
        for (int y = 0; y < side; y++) {
            int[] factors = weights.weights(y);
            Arrays.fill(sums, HALF);
            for (int i = 0; i < factors.length; i++) {
                accumulate(sums, row(weights.start(y) + i), factors[i]);
            }
            for (int i = 0; i < rowBytes; i++) {
                result[y * rowBytes + i] = round(sums[i]);
            }
        }
        return new RgbImage(side, side, result);
    }

    private static void accumulate(int[] sums, byte[] row, int factor) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (row[i] & 0xFF) * factor;
        }
    }

    /** A row after the horizontal pass, [side × 3]. Rows are asked for in windows that move downwards. */
    private byte[] row(int y) {
        for (; nextRow <= y; nextRow++) {
            window[nextRow % window.length] = source.isPadding(nextRow) ? paddingRow : horizontal(source.row(nextRow));
        }
        return window[y % window.length];
    }

    private byte[] horizontal(byte[] row) {
        byte[] result = new byte[rowBytes];
        for (int x = 0; x < rowBytes / RgbImage.CHANNELS; x++) {
            resizePixel(row, weights.start(x) * RgbImage.CHANNELS, weights.weights(x), result, x * RgbImage.CHANNELS);
        }
        return result;
    }

    private static void resizePixel(byte[] row, int start, int[] factors, byte[] result, int target) {
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        int from = start;
        for (int factor : factors) {
            red += (row[from] & 0xFF) * factor;
            green += (row[from + 1] & 0xFF) * factor;
            blue += (row[from + 2] & 0xFF) * factor;
            from += RgbImage.CHANNELS;
        }
        result[target] = round(red);
        result[target + 1] = round(green);
        result[target + 2] = round(blue);
    }

    private static byte round(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> ResizeWeights.FRACTION_BITS));
    }
}
