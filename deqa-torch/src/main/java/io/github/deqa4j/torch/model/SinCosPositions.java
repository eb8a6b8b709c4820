package io.github.deqa4j.torch.model;

/**
 * Fixed position embeddings, sines and then cosines: ω_j = 10000^(−j/(D/2)), j &lt; D/2 (as in He et al. 2021,
 * masked autoencoders).
 */
final class SinCosPositions {
    private static final double BASE = 10_000;

    private SinCosPositions() {}

    /** Embeddings of positions 0 … count−1: (count × width), row by row. */
    static float[] line(int count, int width) {
        float[] table = new float[count * width];
        for (int i = 0; i < count; i++) {
            fill(table, i * width, width, i);
        }
        return table;
    }

    /**
     * Embeddings of the cells of a square grid, after a row of zeros for the class token: (1 + grid² × width). The first half
     * of the features encodes the column, the second half the row.
     */
    static float[] square(int grid, int width) {
        int half = width / 2;
        float[] table = new float[(1 + grid * grid) * width];
        for (int i = 0; i < grid * grid; i++) {
            int start = (1 + i) * width;
            fill(table, start, half, i % grid);
            fill(table, start + half, half, i / grid);
        }
        return table;
    }

    private static void fill(float[] table, int start, int width, int position) {
        int half = width / 2;
        for (int j = 0; j < half; j++) {
            double angle = position * Math.pow(BASE, -(double) j / half);
            table[start + j] = (float) Math.sin(angle);
            table[start + half + j] = (float) Math.cos(angle);
        }
    }
}
