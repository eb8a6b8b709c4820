package io.github.deqa4j.metric;

import java.util.Optional;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/** The normal equations JᵀJ·δ = Jᵀr of a least-squares step, summed pair by pair. */
final class NormalEquations {
    private static final double TOLERANCE = 1e-11;
    private static final double EXACT = 1e-20;
    private static final double POSITIVE = 1e-14;

    private final double[][] product;
    private final double[] right;
    private double cost;
    private double count;

    /** Equations of so many parameters, without any pair yet. */
    NormalEquations(int parameters) {
        product = new double[parameters][parameters];
        right = new double[parameters];
    }

    /** Adds a pair that counts {@code weight} times; only the lower triangle of JᵀJ is kept. */
    void add(double weight, double residual, double[] gradient) {
        cost += weight * residual * residual;
        count += weight;
        for (int j = 0; j < right.length; j++) {
            double weighted = weight * gradient[j];
            right[j] += weighted * residual;
            for (int k = 0; k <= j; k++) {
                product[j][k] += weighted * gradient[k];
            }
        }
    }

    /** The sum of squared residuals. */
    double cost() {
        return cost;
    }

    /** Marquardt's step (JᵀJ + λ·diag JᵀJ)·δ = Jᵀr; empty where that has no stable solution. */
    Optional<double[]> step(double damping) {
        int size = right.length;
        double[] scale = new double[size];
        double[][] scaled = new double[size][size]; // with a diagonal of ones, whatever the parameters' units
        double[] scaledRight = new double[size];
        for (int j = 0; j < size; j++) {
            scale[j] = Math.sqrt(product[j][j]);
            scaledRight[j] = right[j] / scale[j];
            scaled[j][j] = 1 + damping;
            for (int k = 0; k < j; k++) {
                scaled[j][k] = product[j][k] / (scale[j] * scale[k]);
                scaled[k][j] = scaled[j][k];
            }
        }
        return solve(scaled, scaledRight).map(step -> divided(step, scale));
    }

    /** Whether a step can hardly lower the squared residuals any more. */
    boolean hardlyGains(double[] step) {
        double gain = 0;
        for (int j = 0; j < step.length; j++) {
            gain += step[j] * right[j];
        }
        return gain <= Math.max(TOLERANCE * cost, EXACT * count);
    }

    private static Optional<double[]> solve(double[][] matrix, double[] right) {
        try {
            return Optional.of(new CholeskyDecomposition(new Array2DRowRealMatrix(matrix, false), POSITIVE, POSITIVE)
                    .getSolver()
                    .solve(new ArrayRealVector(right, false))
                    .toArray());
        } catch (MathRuntimeException e) {
            return Optional.empty(); // not positive definite: more damping is needed
        }
    }

    private static double[] divided(double[] step, double[] scale) {
        for (int j = 0; j < step.length; j++) {
            step[j] /= scale[j];
        }
        return step;
    }
}
