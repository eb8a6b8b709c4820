package io.github.deqa4j.label;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.score.Level;

/**
 * pᵢ = exp(a·tᵢ + b·tᵢ²) / Z on the levels, tᵢ = vᵢ − μ.
 *
 * <p>The a and b of a mean μ and a variance σ² minimize the convex function log Z(a, b) − b·σ², whose gradient is the error of
 * the two moments and whose Hessian is the covariance of t and t². Newton's method finds them, each step shortened until
 * the function falls.
 */
final class DiscreteGaussian {
    private static final int LEVELS = Level.ALL.size();
    private static final int MOST_STEPS = 500;
    private static final int MOST_HALVINGS = 60;
    private static final double TOLERANCE = 1e-13;
    private static final double SUFFICIENT_FALL = 1e-4;
    private static final double ROUNDING = 1e-15;

    /**
     * Curvature at the start, as for a std of ¼. From a distribution that is too wide, steps are at most of length one and
     * then quadratic; from one too narrow to have any mass beside its peak, there is no gradient to follow.
     */
    private static final double SHARPEST_START = -8;

    private final double[] t;
    private final double variance;
    private final double a;
    private final double b;
    private final double[] p = new double[LEVELS];
    private final double objective;

    private DiscreteGaussian(double[] t, double variance, double a, double b) {
        this.t = t;
        this.variance = variance;
        this.a = a;
        this.b = b;
        objective = normalize() - b * variance;
    }

    /**
     * Finds the distribution of a mean and a std.
     *
     * @param target strictly between the least and the greatest std that its mean allows
     */
    static LevelValues solve(Gaussian target) {
        double[] t = Level.ALL.stream()
                .mapToDouble(level -> level.value() - target.mean())
                .toArray();
        double variance = target.std() * target.std();
        DiscreteGaussian current = new DiscreteGaussian(t, variance, 0, Math.max(-0.5 / variance, SHARPEST_START));
        for (int step = 0; step < MOST_STEPS && !current.converged(); step++) {
            DiscreteGaussian next = current.step();
            if (next == current) {
                break; // as near as doubles come
            }
            current = next;
        }
        return LevelValues.of(current.p);
    }

    /** Fills p and gives log Z, exactly also where nearly all mass is on one level. */
    private double normalize() {
        int peak = 0;
        for (int i = 0; i < LEVELS; i++) {
            p[i] = (a + b * t[i]) * t[i];
            peak = p[i] > p[peak] ? i : peak;
        }
        double max = p[peak];
        double others = 0;
        for (int i = 0; i < LEVELS; i++) {
            p[i] = StrictMath.exp(p[i] - max);
            others += i == peak ? 0 : p[i];
        }
        for (int i = 0; i < LEVELS; i++) {
            p[i] /= 1 + others;
        }
        return max + StrictMath.log1p(others);
    }

    private boolean converged() {
        return Math.abs(moment(1)) <= TOLERANCE && Math.abs(moment(2) - variance) <= TOLERANCE * Math.sqrt(variance);
    }

    private DiscreteGaussian step() {
        double mean = moment(1);
        double square = moment(2);
        double slopeB = square - variance;
        double c11 = square - mean * mean;
        double c12 = moment(3) - mean * square;
        double c22 = moment(4) - square * square;
        double determinant = determinant();
        double da = -(c22 * mean - c12 * slopeB) / determinant;
        double db = -(c11 * slopeB - c12 * mean) / determinant;
        double fall = da * mean + db * slopeB;
        double length = 1;
        for (int i = 0; i < MOST_HALVINGS; i++, length /= 2) {
            DiscreteGaussian next = new DiscreteGaussian(t, variance, a + length * da, b + length * db);
            if (next.objective <= objective + SUFFICIENT_FALL * length * fall + ROUNDING * Math.abs(objective)) {
                return next;
            }
        }
        return this;
    }

    /** Σ pᵢ·tᵢᵏ. */
    private double moment(int k) {
        double sum = 0;
        for (int i = 0; i < LEVELS; i++) {
            double power = p[i];
            for (int j = 0; j < k; j++) {
                power *= t[i];
            }
            sum += power;
        }
        return sum;
    }

    /**
     * The determinant of the covariance of t and t², as Σ pᵢ·pⱼ·pₖ·((tⱼ−tᵢ)(tₖ−tᵢ)(tₖ−tⱼ))² over triples (Cauchy-Binet): no term
     * is negative, so nothing cancels where nearly all mass is on two levels.
     */
    private double determinant() {
        double sum = 0;
        for (int i = 0; i < LEVELS; i++) {
            for (int j = i + 1; j < LEVELS; j++) {
                for (int k = j + 1; k < LEVELS; k++) {
                    double difference = (t[j] - t[i]) * (t[k] - t[i]) * (t[k] - t[j]);
                    sum += p[i] * p[j] * p[k] * difference * difference;
                }
            }
        }
        return sum;
    }
}
