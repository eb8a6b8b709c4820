package io.github.deqa4j.reliability;

import io.github.deqa4j.checkpoint.TensorSource;
import java.util.Map;

/**
 * How the statistics of the images that a network learned from are distributed: a normal distribution along their principal axes, and one of
 * equal spread across them (Tipping and Bishop 1999, "Probabilistic Principal Component Analysis").
 */
public final class Familiarity {
    private static final String MEAN = "familiarity.mean";
    private static final String AXES = "familiarity.axes";
    private static final String DEVIATIONS = "familiarity.deviations";
    private static final String RESIDUAL = "familiarity.residual";
    private static final String LIMIT = "familiarity.limit";

    private static final int MOST_AXES = 512;

    private final float[] mean;
    private final float[] axes;
    private final float[] deviations;
    private final float residual;
    private final float limit;

    /**
     * A distribution of s statistics along k axes; the arrays are copied.
     *
     * @param mean (s) the mean of each statistic
     * @param axes (k, s) orthonormal axes, one after the other
     * @param deviations (k) standard deviations along the axes, above 0
     * @param residual the typical distance from the space of the axes, above 0
     * @param limit the distance beyond which an image is unfamiliar, above 0
     */
    public Familiarity(float[] mean, float[] axes, float[] deviations, float residual, float limit) {
        this.mean = mean.clone();
        this.axes = axes.clone();
        this.deviations = deviations.clone();
        this.residual = residual;
        this.limit = limit;
    }

    static Familiarity read(ReliabilityTensors tensors, int statistics) {
        int k = tensors.length(AXES, MOST_AXES);
        float[] deviations = tensors.read(DEVIATIONS, k);
        for (float deviation : deviations) {
            requirePositive(tensors, DEVIATIONS, deviation);
        }
        float residual = tensors.number(RESIDUAL);
        requirePositive(tensors, RESIDUAL, residual);
        float limit = tensors.number(LIMIT);
        requirePositive(tensors, LIMIT, limit);
        return new Familiarity(
                tensors.read(MEAN, statistics), tensors.read(AXES, k, statistics), deviations, residual, limit);
    }

    private static void requirePositive(ReliabilityTensors tensors, String name, float value) {
        tensors.require(value > 0, name, "holds " + value + "; its numbers must be above 0");
    }

    /** Number of axes. */
    public int axes() {
        return deviations.length;
    }

    /** The distribution as tensors, which are written; the axes in float16. */
    Map<String, TensorSource> tensors() {
        return Map.of(
                MEAN, TensorSource.of(mean, mean.length),
                AXES, TensorSource.halfOf(axes, deviations.length, mean.length),
                DEVIATIONS, TensorSource.of(deviations, deviations.length),
                RESIDUAL, TensorSource.of(new float[] {residual}, 1),
                LIMIT, TensorSource.of(new float[] {limit}, 1));
    }

    /** The distance of an image's statistics from those of the images learned from, divided by the limit. */
    public double unfamiliarity(float[] statistics) {
        double[] difference = new double[mean.length];
        double rest = 0; // what the axes leave of the square of the difference
        for (int i = 0; i < mean.length; i++) {
            difference[i] = (double) statistics[i] - mean[i];
            rest += difference[i] * difference[i];
        }
        double along = 0;
        for (int k = 0; k < deviations.length; k++) {
            double projection = projection(k, difference);
            rest -= projection * projection;
            along += square(projection / deviations[k]);
        }
        double across = Math.max(0, rest) / square(residual); // rounding may take the rest below 0
        return Math.sqrt(along / deviations.length + across) / limit;
    }

    private double projection(int axis, double[] difference) {
        int start = axis * difference.length;
        double sum = 0;
        for (int i = 0; i < difference.length; i++) {
            sum += axes[start + i] * difference[i];
        }
        return sum;
    }

    private static double square(double x) {
        return x * x;
    }
}
