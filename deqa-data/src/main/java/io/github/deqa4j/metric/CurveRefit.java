package io.github.deqa4j.metric;

import java.util.Optional;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/**
 * Fits a curve to a resample, starting from the fit to all pictures. A resample's optimum lies close by, so a few damped
 * Gauss-Newton steps on the normal equations reach it, one pass over the pictures each, without the tall Jacobian that
 * the library's optimiser decomposes.
 */
final class CurveRefit {
    private static final int MOST_STEPS = 100;
    private static final double TOLERANCE = 1e-11;
    private static final double EXACT = 1e-20;
    private static final double FIRST_DAMPING = 1e-9;
    private static final double DAMPING_FACTOR = 10;
    private static final double SMALL_DAMPING = 1e-3;
    private static final double POSITIVE = 1e-14;

    private final LogisticCurve curve;
    private final double[] start;
    private final double[] x;
    private final double[] y;

    CurveRefit(LogisticFit full, double[] x, double[] y) {
        curve = full.curve();
        start = full.array();
        this.x = x;
        this.y = y;
    }

    /** The normal equations at a point: JᵀJ, Jᵀr, the sum of squared residuals, and below which that sum is nothing. */
    private record Normal(double[][] product, double[] right, double cost, double nothing) {}

    /**
     * Fits the counted pairs.
     *
     * @param weights how often each pair counts
     * @param fitted receives the curve at each prediction
     * @return whether it converged; if not, {@code fitted} is left alone
     */
    boolean fit(int[] weights, double[] fitted) {
        double[] point = start;
        Normal normal = normal(point, weights);
        double damping = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<double[]> change = solve(normal, damping);
            if (change.isPresent() && damping <= SMALL_DAMPING && isSmall(change.get(), normal)) {
                fill(point, fitted);
                return true;
            }
            double[] next = change.isPresent() ? plus(point, change.get()) : point;
            Normal there = change.isPresent() ? normal(next, weights) : normal;
            if (there.cost() < normal.cost()) {
                point = next;
                normal = there;
                damping = damping <= FIRST_DAMPING ? 0 : damping / DAMPING_FACTOR;
            } else {
                damping = Math.max(FIRST_DAMPING, damping * DAMPING_FACTOR);
            }
        }
        return false;
    }

    private Normal normal(double[] point, int[] weights) {
        int size = point.length;
        double[][] product = new double[size][size];
        double[] right = new double[size];
        double[] gradient = new double[size];
        double cost = 0;
        double count = 0;
        for (int i = 0; i < x.length; i++) {
            int weight = weights[i];
            if (weight != 0) {
                double residual = y[i] - curve.value(point, x[i], gradient);
                cost += weight * residual * residual;
                count += weight;
                accumulate(weight, residual, gradient, product, right);
            }
        }
        return new Normal(product, right, cost, EXACT * count);
    }

    /** Adds to the lower triangle of JᵀJ and to Jᵀr. */
    private static void accumulate(
            double weight, double residual, double[] gradient, double[][] product, double[] right) {
        for (int j = 0; j < gradient.length; j++) {
            double weighted = weight * gradient[j];
            right[j] += weighted * residual;
            for (int k = 0; k <= j; k++) {
                product[j][k] += weighted * gradient[k];
            }
        }
    }

    /** Marquardt's step (D⁻¹JᵀJD⁻¹ + λI)·Dδ = D⁻¹Jᵀr with D² the diagonal of JᵀJ; empty where that has no solution. */
    private static Optional<double[]> solve(Normal normal, double damping) {
        int size = normal.right().length;
        double[] scale = new double[size];
        for (int j = 0; j < size; j++) {
            scale[j] = Math.sqrt(normal.product()[j][j]);
        }
        double[][] scaled = new double[size][size];
        double[] right = new double[size];
        for (int j = 0; j < size; j++) {
            right[j] = normal.right()[j] / scale[j];
            for (int k = 0; k < j; k++) {
                scaled[j][k] = normal.product()[j][k] / (scale[j] * scale[k]);
                scaled[k][j] = scaled[j][k];
            }
            scaled[j][j] = 1 + damping;
        }
        try {
            double[] change = new CholeskyDecomposition(new Array2DRowRealMatrix(scaled, false), POSITIVE, POSITIVE)
                    .getSolver()
                    .solve(new ArrayRealVector(right, false))
                    .toArray();
            for (int j = 0; j < size; j++) {
                change[j] /= scale[j];
            }
            return Optional.of(change);
        } catch (MathRuntimeException e) {
            return Optional.empty(); // not positive definite: more damping is needed
        }
    }

    /** Whether the squared residuals can hardly shrink any more. */
    private static boolean isSmall(double[] change, Normal normal) {
        double gain = 0;
        for (int j = 0; j < change.length; j++) {
            gain += change[j] * normal.right()[j];
        }
        return gain <= Math.max(TOLERANCE * normal.cost(), normal.nothing());
    }

    private static double[] plus(double[] point, double[] change) {
        double[] sum = point.clone();
        for (int j = 0; j < sum.length; j++) {
            sum[j] += change[j];
        }
        return sum;
    }

    private void fill(double[] point, double[] fitted) {
        double[] gradient = new double[point.length];
        for (int i = 0; i < x.length; i++) {
            fitted[i] = curve.value(point, x[i], gradient);
        }
    }
}
