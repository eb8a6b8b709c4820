package io.github.deqa4j.train.distortion;

/**
 * A weighted mean of what lies around each sample; the image's edge goes on outside it. Weights of zero cost nothing.
 */
final class Kernel implements FloatImage.Filter {
    private final int radius;

    /** [2 × radius + 1][2 × radius + 1], of what lies above on the left first; their sum is 1. */
    private final float[][] weights;

    /** @param weights a square of odd side, not negative; they are divided by their sum */
    Kernel(double[][] weights) {
        this.radius = weights.length / 2;
        this.weights = new float[weights.length][weights.length];
        double sum = 0;
        for (double[] row : weights) {
            for (double weight : row) {
                sum += weight;
            }
        }
        for (int y = 0; y < weights.length; y++) {
            for (int x = 0; x < weights.length; x++) {
                this.weights[y][x] = (float) (weights[y][x] / sum);
            }
        }
    }

    @Override
    public float[][] apply(float[][] plane) {
        float[][] result = new float[plane.length][plane[0].length];
        float[] shifted = new float[plane[0].length];
        for (int y = -radius; y < plane.length + radius; y++) {
            for (int dx = -radius; dx <= radius; dx++) {
                RowArithmetic.shift(RowArithmetic.nearest(plane, y), dx, shifted);
                addToColumn(result, y, dx, shifted);
            }
        }
        return result;
    }

    /** Adds row y, shifted by dx, to all the rows that see it. */
    private void addToColumn(float[][] result, int y, int dx, float[] shifted) {
        for (int dy = Math.max(-radius, y - result.length + 1); dy <= Math.min(radius, y); dy++) {
            float weight = weights[radius + dy][radius + dx];
            if (weight != 0) {
                RowArithmetic.add(result[y - dy], weight, shifted);
            }
        }
    }
}
