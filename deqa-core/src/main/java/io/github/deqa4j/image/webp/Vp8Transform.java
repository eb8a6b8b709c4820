package io.github.deqa4j.image.webp;

/** The inverse transforms of VP8 (RFC 6386, section 14), in its whole-number arithmetic. */
final class Vp8Transform {
    private Vp8Transform() {}

    /**
     * Inverse Walsh–Hadamard transform.
     *
     * @param averages 16 coefficients
     * @param coefficients of subblocks, [16 × 16] at least: each gets its first one
     */
    static void spreadAverages(int[] averages, int[] coefficients) {
        int[] columns = new int[16];
        for (int i = 0; i < 4; i++) {
            int outer = averages[i] + averages[12 + i];
            int inner = averages[4 + i] + averages[8 + i];
            int innerDifference = averages[4 + i] - averages[8 + i];
            int outerDifference = averages[i] - averages[12 + i];
            columns[i] = outer + inner;
            columns[4 + i] = outerDifference + innerDifference;
            columns[8 + i] = outer - inner;
            columns[12 + i] = outerDifference - innerDifference;
        }
        for (int i = 0; i < 16; i += 4) {
            int outer = columns[i] + columns[i + 3] + 3;
            int inner = columns[i + 1] + columns[i + 2];
            int innerDifference = columns[i + 1] - columns[i + 2];
            int outerDifference = columns[i] - columns[i + 3] + 3;
            coefficients[i * 16] = (outer + inner) >> 3;
            coefficients[(i + 1) * 16] = (outerDifference + innerDifference) >> 3;
            coefficients[(i + 2) * 16] = (outer - inner) >> 3;
            coefficients[(i + 3) * 16] = (outerDifference - innerDifference) >> 3;
        }
    }

    /**
     * Inverse cosine transform of a subblock, added to what the plane predicts.
     *
     * @param coefficients 16 from an offset
     */
    static void add(int[] coefficients, int offset, Vp8Plane plane, int x, int y) {
        int[] columns = new int[16];
        for (int i = 0; i < 4; i++) {
            int at = offset + i;
            int even = coefficients[at] + coefficients[at + 8];
            int evenDifference = coefficients[at] - coefficients[at + 8];
            int odd = times0541(coefficients[at + 4]) - times1307(coefficients[at + 12]);
            int oddSum = times1307(coefficients[at + 4]) + times0541(coefficients[at + 12]);
            columns[i] = even + oddSum;
            columns[4 + i] = evenDifference + odd;
            columns[8 + i] = evenDifference - odd;
            columns[12 + i] = even - oddSum;
        }
        for (int row = 0; row < 4; row++) {
            int at = row * 4;
            int even = columns[at] + columns[at + 2] + 4;
            int evenDifference = columns[at] - columns[at + 2] + 4;
            int odd = times0541(columns[at + 1]) - times1307(columns[at + 3]);
            int oddSum = times1307(columns[at + 1]) + times0541(columns[at + 3]);
            add(plane, x, y + row, (even + oddSum) >> 3);
            add(plane, x + 1, y + row, (evenDifference + odd) >> 3);
            add(plane, x + 2, y + row, (evenDifference - odd) >> 3);
            add(plane, x + 3, y + row, (even - oddSum) >> 3);
        }
    }

    private static void add(Vp8Plane plane, int x, int y, int residual) {
        plane.set(x, y, plane.get(x, y) + residual);
    }

    /** √2·cos(π/8). */
    private static int times1307(int value) {
        return ((value * 20091) >> 16) + value;
    }

    /** √2·sin(π/8). */
    private static int times0541(int value) {
        return (value * 35468) >> 16;
    }
}
