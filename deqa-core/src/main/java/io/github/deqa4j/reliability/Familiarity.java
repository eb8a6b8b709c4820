package io.github.deqa4j.reliability;

import io.github.deqa4j.checkpoint.TensorSource;
import java.util.Map;

/**
 * What images are like those that a network learned from: the logarithms of their statistics lie near the principal axes of the training
 * images. How far along the axes does not count, only how far from them: photographs differ a lot along these.
 */
public final class Familiarity {
    private static final String MEAN = "familiarity.mean";
    private static final String AXES = "familiarity.axes";
    private static final String LIMIT = "familiarity.limit";

    private static final int MOST_AXES = 512;

    /** Added before the logarithm, so that a feature that is almost nowhere in the image does not count most. */
    private static final double OFFSET = 0.01;

    private final float[] mean;
    private final float[] axes;
    private final float limit;

    /**
     * An affine space in the s {@link #logarithms}; the arrays are copied.
     *
     * @param mean (s) a point of it
     * @param axes (k, s) its orthonormal axes, one after the other
     * @param limit the distance from it beyond which an image is unfamiliar, above 0
     */
    public Familiarity(float[] mean, float[] axes, float limit) {
        this.mean = mean.clone();
        this.axes = axes.clone();
        this.limit = limit;
    }

    static Familiarity read(ReliabilityTensors tensors, int statistics) {
        int k = tensors.length(AXES, MOST_AXES);
        float limit = tensors.number(LIMIT);
        tensors.require(limit > 0, LIMIT, "holds " + limit + "; it must be above 0");
        return new Familiarity(tensors.read(MEAN, statistics), tensors.read(AXES, k, statistics), limit);
    }

    /** Number of axes. */
    public int axes() {
        return axes.length / mean.length;
    }

    /** The space as tensors, which are written; the axes in float16. */
    Map<String, TensorSource> tensors() {
        return Map.of(
                MEAN, TensorSource.of(mean, mean.length),
                AXES, TensorSource.halfOf(axes, axes(), mean.length),
                LIMIT, TensorSource.of(new float[] {limit}, 1));
    }

    /**
     * The logarithms that are compared: ln(x + .01).
     *
     * @param statistics means and standard deviations of features, none of which is below 0
     */
    public static double[] logarithms(float[] statistics) {
        double[] logarithms = new double[statistics.length];
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = Math.log(statistics[i] + OFFSET);
        }
        return logarithms;
    }

    /** The distance of an image's statistics from the space, divided by the limit. */
    double unfamiliarity(float[] statistics) {
        double[] rest = logarithms(statistics);
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= mean[i];
        }
        for (int start = 0; start < axes.length; start += rest.length) {
            removeAxis(start, rest);
        }
        double square = 0;
        for (double component : rest) {
            square += component * component;
        }
        return Math.sqrt(square) / limit;
    }

    private void removeAxis(int start, double[] rest) {
        double projection = 0;
        for (int i = 0; i < rest.length; i++) {
            projection += axes[start + i] * rest[i];
        }
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= projection * axes[start + i];
        }
    }
}
