package io.github.deqa4j.metric;

/**
 * What a product-moment correlation is made of: the sums of squared deviations and their product.
 *
 * @param xx Σ w·(x − x̄)²
 * @param yy Σ w·(y − ȳ)²
 * @param xy Σ w·(x − x̄)·(y − ȳ)
 */
public record SecondMoments(double xx, double yy, double xy) {
    /** Moments that no correlation is defined for. */
    static final SecondMoments UNDEFINED = new SecondMoments(Double.NaN, Double.NaN, Double.NaN);

    /**
     * Sums over counted pairs.
     *
     * @param weights how often each pair counts
     */
    static SecondMoments of(double[] x, double[] y, int[] weights) {
        double n = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < x.length; i++) {
            n += weights[i];
            sumX += weights[i] * x[i];
            sumY += weights[i] * y[i];
        }
        return around(sumX / n, sumY / n, x, y, weights);
    }

    private static SecondMoments around(double meanX, double meanY, double[] x, double[] y, int[] weights) {
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            xx += weights[i] * dx * dx;
            yy += weights[i] * dy * dy;
            xy += weights[i] * dx * dy;
        }
        return new SecondMoments(xx, yy, xy);
    }

    /** The correlation, in [-1, 1]; not a number where one side is constant. */
    public double correlation() {
        return xy / (Math.sqrt(xx) * Math.sqrt(yy));
    }
}
