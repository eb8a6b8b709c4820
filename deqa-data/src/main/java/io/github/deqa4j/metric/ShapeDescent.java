package io.github.deqa4j.metric;

import io.github.deqa4j.metric.ProjectedFit.Descent;
import io.github.deqa4j.metric.ProjectedFit.Point;

/** Levenberg-Marquardt in the two parameters of a {@link LogisticShape}, damped by Nielsen's rule. */
final class ShapeDescent {
    private static final double FIRST_DAMPING = 1e-4;
    private static final double SMALL_DAMPING = 1e-2;
    private static final double MOST_DAMPING = 1e12;
    /** Gains below this share of the squared error are not looked for. */
    private static final double TOLERANCE = 1e-11;
    /** A mean squared error below which a fit is perfect. */
    private static final double PERFECT = 1e-20;

    private final int steps;

    /**
     * A descent.
     *
     * @param steps after how many steps it ends
     */
    ShapeDescent(int steps) {
        this.steps = steps;
    }

    /** The lowest point on the way down from a shape. */
    Point from(LogisticShape start, ProjectedFit fit) {
        Point here = fit.at(start);
        double damping = FIRST_DAMPING;
        double raise = 2;
        for (int i = 0; i < steps && here.cost() < Double.POSITIVE_INFINITY && damping < MOST_DAMPING; i++) {
            double[] step = step(here, damping);
            double expected = gain(here, step);
            if (!(expected > Math.max(TOLERANCE * here.cost(), PERFECT * fit.total())) && damping <= SMALL_DAMPING) {
                break;
            }
            Point there = fit.at(here.shape().moved(step[0], step[1], here.anchor()));
            double ratio = (here.cost() - there.cost()) / expected;
            if (ratio > 0) {
                here = there;
                damping *= Math.max(1.0 / 3, 1 - Math.pow(2 * ratio - 1, 3));
                raise = 2;
            } else {
                damping *= raise;
                raise *= 2;
            }
        }
        return here;
    }

    /**
     * Marquardt's step (JᵀJ + λ·diag JᵀJ)·δ = Jᵀr. Where the center's part of it has to be cut, the slope's is the best that
     * goes with the rest.
     */
    private static double[] step(Point point, double damping) {
        Descent here = point.descent();
        double kk = here.kk() * (1 + damping);
        double vv = here.vv() * (1 + damping);
        double determinant = kk * vv - here.kv() * here.kv();
        double distance = determinant > 0 ? (here.byV() * kk - here.byK() * here.kv()) / determinant : 0;
        double cut = point.shape().cut(distance, point.anchor());
        return new double[] {kk > 0 ? LogisticShape.cut((here.byK() - here.kv() * cut) / kk) : 0, cut};
    }

    /** How much lower the cost would be after a step if the curve were linear. */
    private static double gain(Point point, double[] step) {
        Descent here = point.descent();
        return step[0] * (2 * here.byK() - here.kk() * step[0])
                + step[1] * (2 * here.byV() - here.vv() * step[1])
                - 2 * here.kv() * step[0] * step[1];
    }
}
