package io.github.deqa4j.metric;

import java.util.Arrays;

/**
 * Least squares in the shape of a logistic curve alone: for each {@link LogisticShape} the linear parameters are at their
 * best (variable projection: Golub and Pereyra 1973; the Jacobian is Kaufman's, 1975). Two parameters are left of four or
 * five, without the flat valleys between them.
 *
 * <p>It is the workspace of one thread.
 */
final class ProjectedFit {
    private static final double CONSTANT = 1e-22;
    private static final double ROUGH = 1e-9;

    private final boolean line;
    private final double[] x;
    private final double least;
    private final double greatest;
    private final double[] weights;
    private final double[] residualY;
    private final double[] s;
    private final double[] byDistance;
    private final double[] bySlope;
    private double total;
    private double meanX;
    private double squaresX;
    private Line lineOfY = Line.NONE;

    /**
     * A fit to no pairs yet.
     *
     * @param line whether the curve has a linear part
     * @param x predictions, in standard deviations from their mean
     */
    ProjectedFit(boolean line, double[] x) {
        this.line = line;
        this.x = x;
        least = Arrays.stream(x).min().orElseThrow();
        greatest = Arrays.stream(x).max().orElseThrow();
        weights = new double[x.length];
        residualY = new double[x.length];
        s = new double[x.length];
        byDistance = new double[x.length];
        bySlope = new double[x.length];
    }

    /** Mean and slope of a column's best line; the slope is 0 where the curve has no linear part. */
    private record Line(double mean, double slope) {
        static final Line NONE = new Line(0, 0);

        double of(double distance) {
            return mean + slope * distance;
        }
    }

    /**
     * The gradient Jᵀr and the matrix JᵀJ of residuals r in ln k and v = k·(c − anchor).
     *
     * @param byK Jᵀr in ln k
     * @param byV Jᵀr in v
     * @param kk JᵀJ, ln k twice
     * @param kv JᵀJ, ln k and v
     * @param vv JᵀJ, v twice
     */
    record Descent(double byK, double byV, double kk, double kv, double vv) {
        static final Descent NONE = new Descent(0, 0, 0, 0, 0);
    }

    /**
     * The best linear parameters of a shape, and the way down from there.
     *
     * @param height factor of s
     * @param slope factor of x
     * @param offset what is added
     * @param anchor what the center's distance is measured from
     * @param cost sum of squared residuals; infinite where the shape is out of reach
     * @param descent how the cost falls from here
     */
    record Point(
            LogisticShape shape,
            double height,
            double slope,
            double offset,
            double anchor,
            double cost,
            Descent descent) {
        static Point outOfReach(LogisticShape shape) {
            return new Point(shape, 0, 0, 0, 0, Double.POSITIVE_INFINITY, Descent.NONE);
        }

        double value(double x) {
            return height * shape.value(x) + slope * x + offset;
        }
    }

    /**
     * Sets the pairs.
     *
     * @param newWeights what each counts
     * @param y truths
     */
    void set(double[] newWeights, double[] y) {
        System.arraycopy(newWeights, 0, weights, 0, weights.length);
        total = 0;
        double sumX = 0;
        for (int i = 0; i < x.length; i++) {
            total += weights[i];
            sumX += weights[i] * x[i];
        }
        meanX = sumX / total;
        squaresX = 0;
        for (int i = 0; i < x.length; i++) {
            squaresX += weights[i] * (x[i] - meanX) * (x[i] - meanX);
        }
        lineOfY = project(y, residualY);
    }

    /** The pairs' total weight. */
    double total() {
        return total;
    }

    /**
     * Minus the share of the squared error that an s takes off, to compare starts by; 0 where it is constant to many digits.
     */
    double roughCost(double[] column) {
        double sum = 0;
        double sumX = 0;
        double squares = 0;
        double gain = 0;
        for (int i = 0; i < column.length; i++) {
            double weighted = weights[i] * column[i];
            sum += weighted;
            sumX += weighted * (x[i] - meanX);
            squares += weighted * column[i];
            gain += weighted * residualY[i];
        }
        double rest = squares - sum * sum / total - (line && squaresX > 0 ? sumX * sumX / squaresX : 0);
        return rest > ROUGH * squares ? -gain * gain / rest : 0;
    }

    /** The best of a shape. */
    Point at(LogisticShape wanted) {
        LogisticShape shape = wanted.inReach(least, greatest);
        fillColumns(shape);
        Line lineOfS = project(s, s);
        double squares = product(s, s);
        if (!(squares > CONSTANT * total)) {
            return Point.outOfReach(shape);
        }
        double height = product(s, residualY) / squares;
        project(bySlope, bySlope);
        project(byDistance, byDistance);
        double slope = lineOfY.slope - height * lineOfS.slope;
        double offset = lineOfY.mean - height * lineOfS.mean - slope * meanX;
        return point(shape, height, slope, offset, squares);
    }

    /** s and its slopes by ln k and by k·(c − anchor). */
    private void fillColumns(LogisticShape shape) {
        double k = shape.slope();
        double anchor = shape.anchor(least, greatest);
        for (int i = 0; i < x.length; i++) {
            double u = k * (x[i] - shape.center());
            double e = Math.exp(-Math.abs(u));
            double d = e / ((1 + e) * (1 + e));
            s[i] = (u < 0 ? e : 1) / (1 + e);
            bySlope[i] = k * (x[i] - anchor) * d;
            byDistance[i] = -d;
        }
    }

    /** Takes a column's best constant (and line) off it. */
    private Line project(double[] column, double[] residual) {
        double sum = 0;
        double product = 0;
        for (int i = 0; i < x.length; i++) {
            double weighted = weights[i] * column[i];
            sum += weighted;
            product += weighted * (x[i] - meanX);
        }
        Line best = new Line(sum / total, line && squaresX > 0 ? product / squaresX : 0);
        for (int i = 0; i < x.length; i++) {
            residual[i] = column[i] - best.of(x[i] - meanX);
        }
        return best;
    }

    private double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += weights[i] * a[i] * b[i];
        }
        return sum;
    }

    /** Residuals, and their slopes by the shape where the height follows it, too. */
    private Point point(LogisticShape shape, double height, double slope, double offset, double squares) {
        double slopeOnS = product(s, bySlope) / squares;
        double distanceOnS = product(s, byDistance) / squares;
        double cost = 0;
        double byK = 0;
        double byV = 0;
        double kk = 0;
        double kv = 0;
        double vv = 0;
        for (int i = 0; i < x.length; i++) {
            double w = weights[i];
            double r = residualY[i] - height * s[i];
            double jk = height * (bySlope[i] - slopeOnS * s[i]);
            double jv = height * (byDistance[i] - distanceOnS * s[i]);
            cost += w * r * r;
            byK += w * jk * r;
            byV += w * jv * r;
            kk += w * jk * jk;
            kv += w * jk * jv;
            vv += w * jv * jv;
        }
        Descent descent = new Descent(byK, byV, kk, kv, vv);
        return new Point(shape, height, slope, offset, shape.anchor(least, greatest), cost, descent);
    }
}
