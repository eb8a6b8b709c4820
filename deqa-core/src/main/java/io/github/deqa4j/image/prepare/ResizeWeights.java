package io.github.deqa4j.image.prepare;

import java.util.Arrays;

/**
 * The weights that resize one axis of a padded image: Keys' cubic kernel (a = −½), widened for shrinking so that it
 * also smooths, in fixed point with {@value #FRACTION_BITS} fractional bits, rounded as in Pillow. Each output sample
 * is a weighted sum of consecutive samples of the image and of padding. Only the total weight of the padding is kept,
 * because all padding has one color.
 */
final class ResizeWeights {
    static final int FRACTION_BITS = 22;
    private static final double A = -0.5;
    private static final double SUPPORT = 2;

    private final int[] starts;
    private final int[][] weights;
    private final int[] paddingWeights;

    private ResizeWeights(int outputs) {
        this.starts = new int[outputs];
        this.weights = new int[outputs][];
        this.paddingWeights = new int[outputs];
    }

    /**
     * Weights for some of the output samples.
     *
     * @param length samples of the image, in the middle of the axis; an odd sample of padding comes last
     * @param padded samples of the axis
     * @param resized samples of the axis after resizing
     * @param first first output sample that is wanted
     * @param count how many are wanted
     */
    static ResizeWeights of(int length, int padded, int resized, int first, int count) {
        ResizeWeights result = new ResizeWeights(count);
        int offset = (padded - length) / 2;
        double scale = (double) padded / resized;
        double stretch = Math.max(1, scale);
        for (int i = 0; i < count; i++) {
            double center = (first + i + 0.5) * scale;
            int start = Math.max(0, (int) (center - SUPPORT * stretch + 0.5));
            int end = Math.min(padded, (int) (center + SUPPORT * stretch + 0.5));
            result.put(i, start - offset, length, fixed(kernel(start, end, center, 1 / stretch)));
        }
        return result;
    }

    /** Weights for all output samples of an axis without padding. */
    static ResizeWeights of(int length, int resized) {
        return of(length, length, resized, 0, resized);
    }

    /** Index of the first sample of the image that output sample i uses. */
    int start(int i) {
        return starts[i];
    }

    /** The weights of that sample and the following ones; empty where the output is padding only. */
    int[] weights(int i) {
        return weights[i];
    }

    /** The total weight of the padding in output sample i. */
    int paddingWeight(int i) {
        return paddingWeights[i];
    }

    /** The sum of all weights of output sample i: one, but for rounding. */
    int totalWeight(int i) {
        return paddingWeights[i] + Arrays.stream(weights[i]).sum();
    }

    /** The greatest number of image samples that an output sample uses. */
    int longest() {
        return Arrays.stream(weights).mapToInt(some -> some.length).max().orElse(0);
    }

    /** Keeps the weights of samples 0 to length − 1, and the sum of the others. */
    private void put(int i, int start, int length, int[] all) {
        int from = Math.max(0, Math.min(all.length, -start));
        int to = Math.max(from, Math.min(all.length, length - start));
        starts[i] = Math.max(0, Math.min(length, start + from));
        weights[i] = Arrays.copyOfRange(all, from, to);
        paddingWeights[i] = Arrays.stream(all).sum() - Arrays.stream(weights[i]).sum();
    }

    private static double[] kernel(int start, int end, double center, double shrink) {
        double[] values = new double[end - start];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = cubic((i + start - center + 0.5) * shrink);
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
