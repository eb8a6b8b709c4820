package io.github.deqa4j.image.prepare;

import io.github.deqa4j.image.RgbImage;

/**
 * Pillow's bicubic resize of an image, or of an image padded to a square: a horizontal pass, then a vertical pass, each
 * rounded to 8 bits. The padding is never stored. A row is resized when the vertical pass first needs it and discarded
 * after its last use, so no second copy of the image is held.
 */
public final class BicubicResize {
    private static final int HALF = 1 << (ResizeWeights.FRACTION_BITS - 1);

    private final RgbImage image;
    private final byte[] color;
    private final ResizeWeights columns;
    private final ResizeWeights rows;
    private final int width;
    private final int height;
    private final int firstColumn;
    private final int endColumn;
    private final byte[] paddingRow; // [width × 3]: a row of padding after the horizontal pass
    private final byte[][] window; // rows after the horizontal pass, [(endColumn − firstColumn) × 3] each
    private int nextRow;

    private BicubicResize(
            RgbImage image, byte[] color, ResizeWeights columns, ResizeWeights rows, int width, int height) {
        this.image = image;
        this.color = color;
        this.columns = columns;
        this.rows = rows;
        this.width = width;
        this.height = height;
        this.firstColumn = firstTouched(columns, width);
        this.endColumn = endTouched(columns, width);
        this.paddingRow = paddingRow();
        this.window = new byte[Math.max(1, rows.longest())][];
        this.nextRow = rows.start(0);
    }

    /**
     * Pads an image to a centered square, resizes the square and crops its center.
     *
     * @param color red, green, blue of the padding
     * @param resized side of the square after resizing
     * @param side side of the result, at most as much
     */
    public static RgbImage square(RgbImage image, byte[] color, int resized, int side) {
        int padded = Math.max(image.width(), image.height());
        int first = (resized - side) / 2;
        ResizeWeights columns = ResizeWeights.of(image.width(), padded, resized, first, side);
        ResizeWeights rows = ResizeWeights.of(image.height(), padded, resized, first, side);
        return new BicubicResize(image, color, columns, rows, side, side).result();
    }

    /**
     * Resizes an image without padding. For an image more than 100 times as high as wide, Pillow runs the passes in the
     * other order, which can change the last bit; this class does not.
     */
    public static RgbImage to(RgbImage image, int width, int height) {
        ResizeWeights columns = ResizeWeights.of(image.width(), width);
        ResizeWeights rows = ResizeWeights.of(image.height(), height);
        return new BicubicResize(image, new byte[RgbImage.CHANNELS], columns, rows, width, height).result();
    }

    private RgbImage result() {
        byte[] result = new byte[Math.multiplyExact(height, paddingRow.length)];
        int[] sums = new int[paddingRow.length];
        for (int y = 0; y < height; y++) {
            startWithPadding(sums, y);
            int[] weights = rows.weights(y);
            for (int i = 0; i < weights.length; i++) {
                accumulate(sums, row(rows.start(y) + i), weights[i]);
            }
            for (int i = 0; i < sums.length; i++) {
                result[y * sums.length + i] = round(sums[i]);
            }
        }
        return new RgbImage(width, height, result);
    }

    /**
     * Columns outside the image are padding in every row; the other columns are padding only above and below the image.
     */
    private void startWithPadding(int[] sums, int y) {
        int total = rows.totalWeight(y);
        int outside = rows.paddingWeight(y);
        for (int i = 0; i < sums.length; i++) {
            boolean touched = i >= firstColumn * RgbImage.CHANNELS && i < endColumn * RgbImage.CHANNELS;
            sums[i] = HALF + (paddingRow[i] & 0xFF) * (touched ? outside : total);
        }
    }

    private void accumulate(int[] sums, byte[] row, int weight) {
        int to = firstColumn * RgbImage.CHANNELS;
        for (int i = 0; i < row.length; i++) {
            sums[to + i] += (row[i] & 0xFF) * weight;
        }
    }

    /** A row after the horizontal pass. Rows are requested in windows that move down. */
    private byte[] row(int y) {
        for (; nextRow <= y; nextRow++) {
            window[nextRow % window.length] = horizontal(nextRow * image.width());
        }
        return window[y % window.length];
    }

    /**
     * Resizes a row.
     *
     * @param firstPixel index of the row's first pixel in the image
     */
    private byte[] horizontal(int firstPixel) {
        byte[] result = new byte[(endColumn - firstColumn) * RgbImage.CHANNELS];
        for (int x = firstColumn; x < endColumn; x++) {
            pixel(x, (firstPixel + columns.start(x)) * RgbImage.CHANNELS, result);
        }
        return result;
    }

    private void pixel(int x, int start, byte[] result) {
        byte[] samples = image.samples();
        int outside = columns.paddingWeight(x);
        int red = HALF + (color[0] & 0xFF) * outside;
        int green = HALF + (color[1] & 0xFF) * outside;
        int blue = HALF + (color[2] & 0xFF) * outside;
        int from = start;
        for (int weight : columns.weights(x)) {
            red += (samples[from] & 0xFF) * weight;
            green += (samples[from + 1] & 0xFF) * weight;
            blue += (samples[from + 2] & 0xFF) * weight;
            from += RgbImage.CHANNELS;
        }
        int to = (x - firstColumn) * RgbImage.CHANNELS;
        result[to] = round(red);
        result[to + 1] = round(green);
        result[to + 2] = round(blue);
    }

    private byte[] paddingRow() {
        byte[] row = new byte[width * RgbImage.CHANNELS];
        for (int i = 0; i < row.length; i++) {
            row[i] = round(HALF + (color[i % RgbImage.CHANNELS] & 0xFF) * columns.totalWeight(i / RgbImage.CHANNELS));
        }
        return row;
    }

    private static int firstTouched(ResizeWeights axis, int count) {
        int first = 0;
        while (first < count && axis.weights(first).length == 0) {
            first++;
        }
        return first;
    }

    private static int endTouched(ResizeWeights axis, int count) {
        int end = count;
        while (end > 0 && axis.weights(end - 1).length == 0) {
            end--;
        }
        return Math.max(end, firstTouched(axis, count));
    }

    private static byte round(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> ResizeWeights.FRACTION_BITS));
    }
}
