package io.github.deqa4j.train.distortion;

/**
 * One axis of an image resampled by a factor that need not be whole, so that the result changes evenly with it: sample
 * i of the small axis stands at (i + ½) × factor of the large one. Beyond its ends the large or small axis goes on with
 * its last sample.
 */
final class CubicAxis {
    private static final double A = -0.5;
    private static final double SUPPORT = 2;

    private final int inputs;

    /** First input, possibly outside, and weights from there on, for each output. */
    private final int[] starts;

    private final float[][] weights;

    private CubicAxis(int inputs, int outputs) {
        this.inputs = inputs;
        this.starts = new int[outputs];
        this.weights = new float[outputs][];
    }

    static CubicAxis shrink(int length, double factor) {
        CubicAxis axis = new CubicAxis(length, small(length, factor));
        for (int i = 0; i < axis.starts.length; i++) {
            axis.put(i, (i + 0.5) * factor - 0.5, factor);
        }
        return axis;
    }

    static CubicAxis enlarge(int length, double factor) {
        CubicAxis axis = new CubicAxis(small(length, factor), length);
        for (int i = 0; i < axis.starts.length; i++) {
            axis.put(i, (i + 0.5) / factor - 0.5, 1);
        }
        return axis;
    }

    /** Resamples each row, from [height][inputs] to [height][outputs]. */
    float[][] rows(float[][] plane) {
        float[][] result = new float[plane.length][starts.length];
        for (int y = 0; y < plane.length; y++) {
            for (int i = 0; i < starts.length; i++) {
                result[y][i] = isInside(i) ? inside(plane[y], i) : atEdge(plane[y], i);
            }
        }
        return result;
    }

    /** Resamples each column, from [inputs][width] to [outputs][width]. */
    float[][] columns(float[][] plane) {
        float[][] result = new float[starts.length][plane[0].length];
        for (int i = 0; i < starts.length; i++) {
            for (int k = 0; k < weights[i].length; k++) {
                RowArithmetic.add(result[i], weights[i][k], RowArithmetic.nearest(plane, starts[i] + k));
            }
        }
        return result;
    }

    private boolean isInside(int output) {
        return starts[output] >= 0 && starts[output] + weights[output].length <= inputs;
    }

    private float inside(float[] row, int output) {
        float sum = 0;
        int from = starts[output];
        for (float weight : weights[output]) {
            sum += weight * row[from++];
        }
        return sum;
    }

    private float atEdge(float[] row, int output) {
        float sum = 0;
        int from = starts[output];
        for (float weight : weights[output]) {
            sum += weight * row[Math.max(0, Math.min(inputs - 1, from++))];
        }
        return sum;
    }

    private static int small(int length, double factor) {
        return (int) Math.ceil(length / factor);
    }

    private void put(int output, double center, double stretch) {
        int start = (int) Math.ceil(center - SUPPORT * stretch);
        int end = (int) Math.floor(center + SUPPORT * stretch);
        double[] values = new double[end - start + 1];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = cubic((start + i - center) / stretch);
            sum += values[i];
        }
        starts[output] = start;
        weights[output] = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            weights[output][i] = (float) (values[i] / sum);
        }
    }

    private static double cubic(double signed) {
        double x = Math.abs(signed);
        if (x < 1) {
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        }
        return x < SUPPORT ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }
}
