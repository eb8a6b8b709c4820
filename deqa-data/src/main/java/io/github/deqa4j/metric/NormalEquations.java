package io.github.deqa4j.metric;

import java.util.Optional;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.util.Pair;

/** The normal equations JᵀJ·δ = Jᵀr of a least-squares step, summed pair by pair. */
final class NormalEquations {
    private static final double TOLERANCE = 1e-11;
    private static final double EXACT = 1e-20;
    private static final double POSITIVE = 1e-15;
    private static final double RIDGE = 1e-13;
    private static final double LEAST_SCALE = 1e-150;

    private final double[][] product;
    private final double[] right;
    private double cost;
    private double count;

    private NormalEquations(int parameters) {
        product = new double[parameters][parameters];
        right = new double[parameters];
    }

    /**
     * The equations at a point.
     *
     * @param weights how often each pair counts
     */
    static NormalEquations of(LogisticCurve curve, double[] point, double[] x, double[] y, int[] weights) {
        NormalEquations equations = new NormalEquations(point.length);
        double[] gradient = new double[point.length];
        for (int i = 0; i < x.length; i++) {
            if (weights[i] != 0) {
                double residual = y[i] - curve.value(point, x[i], gradient);
                equations.add(weights[i], residual, gradient);
            }
        }
        return equations;
    }

    /** Adds a pair that counts {@code weight} times; only the lower triangle of JᵀJ is kept. */
    private void add(double weight, double residual, double[] gradient) {
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
        double[] scale = scale();
        try {
            double[] step = cholesky(scale, damping)
                    .getSolver()
                    .solve(new ArrayRealVector(scaled(right, scale), false))
                    .toArray();
            return Optional.of(scaled(step, scale));
        } catch (MathRuntimeException e) {
            return Optional.empty(); // not positive definite: more damping is needed
        }
    }

    /** How much lower the sum of squared residuals would be after a step if the curve were linear. */
    double gain(double[] step, double damping) {
        double gain = 0;
        for (int j = 0; j < step.length; j++) {
            gain += step[j] * (right[j] + damping * product[j][j] * step[j]);
        }
        return gain;
    }

    /** Whether a gain is too little to look for. */
    boolean isLittle(double gain) {
        return gain <= Math.max(TOLERANCE * cost, EXACT * count);
    }

    /**
     * A small problem on which an optimiser takes the very steps it would take on all pairs: with JᵀJ = RᵀR, the Jacobian
     * R above a row of zeros, and residuals (z, s) with Rᵀz = Jᵀr and z·z + s² the sum of squared residuals.
     *
     * @return the values −(z, s), to be compared with a target of zeros, and their Jacobian
     */
    Pair<RealVector, RealMatrix> condensed() {
        int size = right.length;
        double[] scale = scale();
        RealMatrix lower = cholesky(scale, RIDGE).getL();
        RealVector z = new ArrayRealVector(scaled(right, scale), false);
        MatrixUtils.solveLowerTriangularSystem(lower, z);
        double rest = Math.sqrt(Math.max(0, cost - z.dotProduct(z)));
        RealMatrix jacobian = new Array2DRowRealMatrix(size + 1, size);
        for (int j = 0; j < size; j++) {
            for (int k = 0; k <= j; k++) {
                jacobian.setEntry(k, j, lower.getEntry(j, k) * scale[j]);
            }
        }
        return new Pair<>(z.append(rest).mapMultiply(-1), jacobian);
    }

    /** The decomposition of JᵀJ + λ·diag JᵀJ with the parameters in units in which its diagonal is 1 + λ. */
    private CholeskyDecomposition cholesky(double[] scale, double damping) {
        double[][] matrix = new double[scale.length][scale.length];
        for (int j = 0; j < scale.length; j++) {
            matrix[j][j] = 1 + damping;
            for (int k = 0; k < j; k++) {
                matrix[j][k] = product[j][k] / (scale[j] * scale[k]);
                matrix[k][j] = matrix[j][k];
            }
        }
        return new CholeskyDecomposition(new Array2DRowRealMatrix(matrix, false), POSITIVE, POSITIVE);
    }

    private double[] scale() {
        double[] scale = new double[right.length];
        for (int j = 0; j < scale.length; j++) {
            scale[j] = Math.max(LEAST_SCALE, Math.sqrt(product[j][j]));
        }
        return scale;
    }

    private static double[] scaled(double[] values, double[] scale) {
        double[] scaled = new double[values.length];
        for (int j = 0; j < scaled.length; j++) {
            scaled[j] = values[j] / scale[j];
        }
        return scaled;
    }
}
