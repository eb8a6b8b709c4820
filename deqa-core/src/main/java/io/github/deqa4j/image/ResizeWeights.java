package io.github.deqa4j.image;

/**
 * The weights by which samples of a line make the samples of a longer or shorter one: Keys' cubic kernel (a = −½), widened
 * when shrinking so that it also smooths, in fixed point with {@value #FRACTION_BITS} fractional bits as Pillow rounds them.
 */
final class ResizeWeights {
    static final int FRACTION_BITS = 22;
    private static final double A = -0.5;
    private static final double SUPPORT = 2;

    private final int[] starts;
    private final int[][] weights;

    private ResizeWeights(int outputs) {
        this.starts = new int[outputs];
        this.weights = new int[outputs][];
    }

    /**
     * Weights for some of the output samples.
     *
     * @param from length of the line
     * @param to length of the resized line
     * @param first first output sample that is wanted
     * @param count how many are wanted
     */
    static ResizeWeights of(int from, int to, int first, int count) {
        ResizeWeights result = new ResizeWeights(count);
        double scale = (double) from / to;
        double stretch = Math.max(1, scale);
        for (int i = 0; i < count; i++) {
            double centre = (first + i + 0.5) * scale;
            int start = Math.max(0, (int) (centre - SUPPORT * stretch + 0.5));
            int end = Math.min(from, (int) (centre + SUPPORT * stretch + 0.5));
            result.starts[i] = start;
            result.weights[i] = fixed(kernel(start, end, centre, 1 / stretch));
        }
        return result;
    }

    /** Index of the first sample that output sample i is made of. */
    int start(int i) {
        return starts[i];
    }

    /** Weights of that sample and those after it. */
    int[] weights(int i) {
        return weights[i];
    }

    /** The most samples that an output sample is made of. */
    int longest() {
        int longest = 0;
        for (int[] some : weights) {
            longest = Math.max(longest, some.length);
        }
        return longest;
    }

    private static double[] kernel(int start, int end, double centre, double shrink) {
        double[] values = new double[end - start];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = cubic((i + start - centre + 0.5) * shrink);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
        return values;
    }

    private static double cubic(double signed) {
        double x = Math.abs(signed);
        if (x < 1) {
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }

    private static int[] fixed(double[] values) {
        int[] result = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (int) (values[i] * (1 << FRACTION_BITS) + Math.copySign(0.5, values[i]));
        }
        return result;
    }
}
