package io.github.deqa4j.torch.loss;

import static io.github.deqa4j.torch.nn.Functional.like;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** The ratings of B images: soft labels, mean opinion scores and their standard deviations. Immutable. */
public final class RatingTensors {
    private final float[] soft; // (B, 5)
    private final float[] mean; // (B)
    private final float[] std; // (B)

    private RatingTensors(float[] soft, float[] mean, float[] std) {
        this.soft = soft;
        this.mean = mean;
        this.std = std;
    }

    /**
     * The ratings of B images.
     *
     * @param soft B soft labels of five probabilities, excellent to bad; they are not normalized
     * @param mean mean opinion scores, on the data set's own scale
     * @param std their standard deviations, on the same scale
     * @throws DeqaException if the counts differ, or a number is not finite, or a probability or std is negative
     */
    public static RatingTensors of(double[][] soft, double[] mean, double[] std) {
        if (soft.length != mean.length || mean.length != std.length) {
            throw new DeqaException("there are " + soft.length + " soft labels, " + mean.length + " means and "
                    + std.length + " standard deviations; there must be one of each for every image");
        }
        int levels = Level.ALL.size();
        float[] flat = new float[soft.length * levels];
        for (int b = 0; b < soft.length; b++) {
            requireFive(soft[b].length, levels);
            for (int i = 0; i < levels; i++) {
                flat[b * levels + i] = finite(soft[b][i], 0, "a level probability");
            }
        }
        return new RatingTensors(
                flat,
                floats(mean, Double.NEGATIVE_INFINITY, "a mean opinion score"),
                floats(std, 0, "a standard deviation"));
    }

    /**
     * Ratings for comparisons only: mean opinion scores with a standard deviation of one level each, and soft labels of zeros.
     *
     * @param mean in levels, from any origin
     */
    public static RatingTensors compared(double[] mean) {
        double[] std = new double[mean.length];
        Arrays.fill(std, 1);
        return of(new double[mean.length][Level.ALL.size()], mean, std);
    }

    /** The ratings of some images, by their indices in the batch. */
    RatingTensors of(int[] images) {
        int levels = Level.ALL.size();
        float[] someSoft = new float[images.length * levels];
        float[] someMean = new float[images.length];
        float[] someStd = new float[images.length];
        for (int b = 0; b < images.length; b++) {
            System.arraycopy(soft, images[b] * levels, someSoft, b * levels, levels);
            someMean[b] = mean[images[b]];
            someStd[b] = std[images[b]];
        }
        return new RatingTensors(someSoft, someMean, someStd);
    }

    /** The number of images. */
    public int rows() {
        return mean.length;
    }

    Tensor soft(Tensor device) {
        return like(Tensors.of(soft, mean.length, Level.ALL.size()), device);
    }

    /** The preference of people for these images over others: (B). */
    Tensor preference(RatingTensors other, Tensor device) {
        float[] difference = new float[mean.length];
        float[] variance = new float[mean.length];
        for (int b = 0; b < mean.length; b++) {
            difference[b] = mean[b] - other.mean[b];
            variance[b] = std[b] * std[b] + other.std[b] * other.std[b];
        }
        return FidelityLoss.preference(vector(difference, device), vector(variance, device));
    }

    /** 1 where the mean is higher than another's, 0 elsewhere: (B). */
    Tensor better(RatingTensors other, Tensor device) {
        float[] better = new float[mean.length];
        for (int b = 0; b < mean.length; b++) {
            better[b] = mean[b] > other.mean[b] ? 1 : 0;
        }
        return vector(better, device);
    }

    private static Tensor vector(float[] values, Tensor device) {
        return like(Tensors.of(values, values.length), device);
    }

    private static float[] floats(double[] values, double least, String what) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = finite(values[i], least, what);
        }
        return floats;
    }

    private static float finite(double value, double least, String what) {
        if (!Double.isFinite(value) || value < least) {
            throw new DeqaException(
                    what + " is " + value + "; it must be a finite number" + (least == 0 ? " of 0 or more" : ""));
        }
        return (float) value;
    }

    private static void requireFive(int length, int levels) {
        if (length != levels) {
            throw new DeqaException("a soft label has " + length + " probabilities; it must have " + levels);
        }
    }
}
