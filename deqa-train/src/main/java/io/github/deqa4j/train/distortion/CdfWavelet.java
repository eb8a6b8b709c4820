package io.github.deqa4j.train.distortion;

/**
 * The wavelet transform CDF 9/7 by lifting (Daubechies and Sweldens: "Factoring Wavelet Transforms into Lifting Steps",
 * 1998, section 7.7), nearly orthonormal, for any size; ends are mirrored. Coefficients stay where their samples were:
 * of level l, every 2^l-th sample of a row and column goes on to the next level.
 */
final class CdfWavelet {
    private static final float[] STEPS = {-1.5861343f, -0.052980117f, 0.8829111f, 0.44350687f};
    private static final float LOW = 1.1496044f;

    private final int width;
    private final int height;
    private final int levels;

    CdfWavelet(int width, int height, int levels) {
        this.width = width;
        this.height = height;
        this.levels = levels;
    }

    /** From samples [height][width] to coefficients, in place. */
    void forward(float[][] plane) {
        for (int level = 0; level < levels; level++) {
            int stride = 1 << level;
            for (int i = 0; i < STEPS.length; i++) {
                liftRows(plane, stride, 1 - i % 2, STEPS[i]);
                liftColumns(plane, stride, 1 - i % 2, STEPS[i]);
            }
            scale(plane, stride, LOW);
        }
    }

    /** From coefficients to samples, in place. */
    void inverse(float[][] plane) {
        for (int level = levels - 1; level >= 0; level--) {
            int stride = 1 << level;
            scale(plane, stride, 1 / LOW);
            for (int i = STEPS.length - 1; i >= 0; i--) {
                liftColumns(plane, stride, 1 - i % 2, -STEPS[i]);
                liftRows(plane, stride, 1 - i % 2, -STEPS[i]);
            }
        }
    }

    /** Adds to every second sample of each row, from the first-th on, both its neighbors times a factor. */
    private void liftRows(float[][] plane, int stride, int first, float factor) {
        int count = (width + stride - 1) / stride;
        if (count == 1) {
            return;
        }
        for (int y = 0; y < height; y += stride) {
            float[] row = plane[y];
            for (int i = first; i < count; i += 2) {
                row[i * stride] += factor * (row[before(i) * stride] + row[after(i, count) * stride]);
            }
        }
    }

    private void liftColumns(float[][] plane, int stride, int first, float factor) {
        int count = (height + stride - 1) / stride;
        if (count == 1) {
            return;
        }
        for (int i = first; i < count; i += 2) {
            lift(plane[i * stride], factor, plane[before(i) * stride], plane[after(i, count) * stride], stride);
        }
    }

    private static void lift(float[] row, float factor, float[] above, float[] below, int stride) {
        if (stride == 1) {
            RowArithmetic.addPair(row, factor, above, below);
            return;
        }
        for (int x = 0; x < row.length; x += stride) {
            row[x] += factor * (above[x] + below[x]);
        }
    }

    private static int before(int i) {
        return i == 0 ? 1 : i - 1;
    }

    private static int after(int i, int count) {
        return i == count - 1 ? i - 1 : i + 1;
    }

    /** Multiplies what is low along an axis by a factor, and divides what is high. */
    private void scale(float[][] plane, int stride, float low) {
        for (int y = 0, i = 0; y < height; y += stride, i++) {
            float ofRow = height <= stride ? 1 : i % 2 == 0 ? low : 1 / low;
            for (int x = 0, j = 0; x < width; x += stride, j++) {
                float ofColumn = width <= stride ? 1 : j % 2 == 0 ? low : 1 / low;
                plane[y][x] *= ofRow * ofColumn;
            }
        }
    }
}
