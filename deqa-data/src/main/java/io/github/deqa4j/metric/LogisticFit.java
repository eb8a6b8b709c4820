package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;

/**
 * A logistic curve fitted to predictions and truths by least squares.
 *
 * @param curve which curve
 * @param parameters β1, β2, …
 */
public record LogisticFit(LogisticCurve curve, List<Double> parameters) {
    private static final int MOST_EVALUATIONS = 10_000;
    /** What SciPy's curve_fit stops at: the square root of the precision of a double. */
    private static final double TOLERANCE = 1.49012e-8;

    private static final double RANKING_THRESHOLD = 1e-300;
    private static final double STEP_BOUND = 100;

    /** A curve with its parameters. */
    public LogisticFit {
        parameters = List.copyOf(parameters);
    }

    /**
     * Fits by Levenberg-Marquardt from the authors' start.
     *
     * @param x predictions
     * @param y truths
     * @throws DeqaException if there are fewer pairs than parameters, or the fit does not converge
     */
    public static LogisticFit of(LogisticCurve curve, double[] x, double[] y) {
        if (x.length < curve.parameters()) {
            throw new DeqaException("a curve of " + curve.parameters() + " parameters cannot be fitted to " + x.length
                    + " pictures; evaluate without a fit (--fit none)");
        }
        try {
            RealVector point = new LevenbergMarquardtOptimizer(
                            STEP_BOUND, TOLERANCE, TOLERANCE, TOLERANCE, RANKING_THRESHOLD)
                    .optimize(problem(curve, x, y))
                    .getPoint();
            return new LogisticFit(curve, boxed(finite(point)));
        } catch (MathRuntimeException e) {
            throw new DeqaException(
                    "the " + curve.parameters() + "-parameter logistic does not converge on these " + x.length
                            + " pictures; evaluate without a fit (--fit none)",
                    e);
        }
    }

    /** The curve at one prediction. */
    public double value(double x) {
        return curve.value(array(), x, new double[curve.parameters()]);
    }

    /** The parameters in a new array. */
    double[] array() {
        return parameters.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static LeastSquaresProblem problem(LogisticCurve curve, double[] x, double[] y) {
        int[] once = new int[x.length];
        Arrays.fill(once, 1);
        return new LeastSquaresBuilder()
                .model(point ->
                        NormalEquations.of(curve, point.toArray(), x, y, once).condensed())
                .target(new double[curve.parameters() + 1])
                .start(curve.start(x, y))
                .maxEvaluations(MOST_EVALUATIONS)
                .maxIterations(MOST_EVALUATIONS)
                .build();
    }

    private static double[] finite(RealVector point) {
        if (point.isNaN() || point.isInfinite()) {
            throw new DeqaException(
                    "the fitted logistic has no finite parameters; evaluate without a fit (--fit none)");
        }
        return point.toArray();
    }

    private static List<Double> boxed(double[] parameters) {
        return Arrays.stream(parameters).boxed().toList();
    }
}
