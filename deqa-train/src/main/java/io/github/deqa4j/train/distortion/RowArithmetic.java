package io.github.deqa4j.train.distortion;

import java.util.Arrays;

/** Sums of rows and their shifts, in loops that the compiler turns into vector instructions. */
final class RowArithmetic {
    private RowArithmetic() {}

    /** Adds a row, times a weight. */
    static void add(float[] result, float weight, float[] row) {
        for (int x = 0; x < result.length; x++) {
            result[x] += weight * row[x];
        }
    }

    /** Adds two rows, times the same weight. */
    static void addPair(float[] result, float weight, float[] a, float[] b) {
        for (int x = 0; x < result.length; x++) {
            result[x] += weight * (a[x] + b[x]);
        }
    }

    /**
     * What stands {@code distance} places to the right of each place; beyond its ends a row goes on with its last
     * sample.
     */
    static void shift(float[] row, int distance, float[] result) {
        int width = row.length;
        int start = Math.max(0, Math.min(width, -distance)); // the first place that looks into the row
        int end = Math.max(start, Math.min(width, width - distance));
        Arrays.fill(result, 0, start, row[0]);
        if (start < end) {
            System.arraycopy(row, start + distance, result, start, end - start);
        }
        Arrays.fill(result, end, width, row[width - 1]);
    }

    /** The row of a plane, or the nearest where there is none. */
    static float[] nearest(float[][] plane, int y) {
        return plane[Math.max(0, Math.min(plane.length - 1, y))];
    }
}
