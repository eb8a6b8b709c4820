package io.github.deqa4j.metric;

import java.util.Optional;

/**
 * Fits a curve to a resample, starting from the fit to all pictures. A resample's optimum lies close by, so a few damped
 * Gauss-Newton steps on the normal equations (damped by Nielsen's rule) reach it, one pass over the pictures each. Where
 * the curve is not determined and the squared residuals have a flat valley, the end of the valley is not waited for: it
 * lies far away and is hardly lower.
 */
final class CurveRefit {
    private static final int MOST_STEPS = 32;
    private static final double FIRST_DAMPING = 1e-6;
    private static final double SMALL_DAMPING = 1e-3;

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

    /**
     * Fits the counted pairs.
     *
     * @param weights how often each pair counts
     * @param fitted receives the curve at each prediction
     */
    void fit(int[] weights, double[] fitted) {
        double[] point = start;
        NormalEquations here = NormalEquations.of(curve, point, x, y, weights);
        double damping = FIRST_DAMPING;
        double raise = 2;
        for (int i = 0; i < MOST_STEPS; i++) {
            Optional<double[]> step = here.step(damping);
            if (step.isPresent()) {
                double expected = here.gain(step.get(), damping);
                if (damping <= SMALL_DAMPING && here.isLittle(expected)) {
                    break;
                }
                double[] next = sum(point, step.get());
                NormalEquations there = NormalEquations.of(curve, next, x, y, weights);
                double ratio = (here.cost() - there.cost()) / expected;
                if (ratio > 0) {
                    point = next;
                    here = there;
                    damping *= Math.max(1.0 / 3, 1 - Math.pow(2 * ratio - 1, 3));
                    raise = 2;
                    continue;
                }
            }
            damping *= raise;
            raise *= 2;
        }
        fill(point, fitted);
    }

    private void fill(double[] point, double[] fitted) {
        double[] gradient = new double[point.length];
        for (int i = 0; i < x.length; i++) {
            fitted[i] = curve.value(point, x[i], gradient);
        }
    }

    private static double[] sum(double[] point, double[] step) {
        double[] sum = point.clone();
        for (int j = 0; j < sum.length; j++) {
            sum[j] += step[j];
        }
        return sum;
    }
}
