package io.github.deqa4j.train.distortion;

/** Convolution with a Gaussian, first along rows, then along columns; the image's edge goes on outside it. */
final class GaussianFilter implements FloatImage.Filter {
    private static final double CUT = 3.5; // standard deviations; 5e-4 of the weight lies outside

    /** Weights of the center and of the samples to one side of it. */
    private final float[] weights;

    /** @param sigma standard deviation in pixels, above 0 */
    GaussianFilter(double sigma) {
        int radius = (int) Math.ceil(CUT * sigma);
        double[] values = new double[radius + 1];
        double sum = 0;
        for (int k = 0; k <= radius; k++) {
            values[k] = StrictMath.exp(-k * k / (2 * sigma * sigma));
            sum += k == 0 ? values[k] : 2 * values[k];
        }
        weights = new float[radius + 1];
        for (int k = 0; k <= radius; k++) {
            weights[k] = (float) (values[k] / sum);
        }
    }

    /** By what it multiplies the standard deviation of white noise. */
    float noiseGain() {
        float energy = weights[0] * weights[0];
        for (int k = 1; k < weights.length; k++) {
            energy += 2 * weights[k] * weights[k];
        }
        return energy; // the root of its square, there being two axes
    }

    @Override
    public float[][] apply(float[][] plane) {
        return columns(rows(plane));
    }

    private float[][] rows(float[][] plane) {
        float[][] result = new float[plane.length][plane[0].length];
        float[] left = new float[plane[0].length];
        float[] right = new float[plane[0].length];
        for (int y = 0; y < plane.length; y++) {
            RowArithmetic.add(result[y], weights[0], plane[y]);
            for (int k = 1; k < weights.length; k++) {
                RowArithmetic.shift(plane[y], -k, left);
                RowArithmetic.shift(plane[y], k, right);
                RowArithmetic.addPair(result[y], weights[k], left, right);
            }
        }
        return result;
    }

    private float[][] columns(float[][] plane) {
        float[][] result = new float[plane.length][plane[0].length];
        for (int y = 0; y < plane.length; y++) {
            RowArithmetic.add(result[y], weights[0], plane[y]);
            for (int k = 1; k < weights.length; k++) {
                RowArithmetic.addPair(
                        result[y],
                        weights[k],
                        RowArithmetic.nearest(plane, y - k),
                        RowArithmetic.nearest(plane, y + k));
            }
        }
        return result;
    }
}
