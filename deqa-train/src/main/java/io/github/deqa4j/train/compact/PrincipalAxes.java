package io.github.deqa4j.train.compact;

import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * The mean of vectors, and the orthonormal axes along which they vary most (principal component analysis). There are fewer vectors than
 * dimensions, so the axes come from the vectors' products with each other: the eigenvectors of X·Xᵀ give those of Xᵀ·X.
 *
 * @param mean (s)
 * @param axes (k, s), by falling variance; the largest component of each is positive
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PrincipalAxes(double[] mean, double[][] axes) {
    /** A smaller share of the greatest variance is rounding. */
    private static final double LEAST_SHARE = 1e-10;

    /**
     * The axes of vectors.
     *
     * @param vectors of one length, at least two
     * @param most how many axes at most; there are fewer where the vectors vary along fewer
     */
    static PrincipalAxes of(List<double[]> vectors, int most) {
        double[] mean = mean(vectors);
        double[][] centered =
                vectors.stream().map(vector -> difference(vector, mean)).toArray(double[][]::new);
        EigenDecompositionSymmetric decomposition =
                new EigenDecompositionSymmetric(new Array2DRowRealMatrix(products(centered), false));
        double[] variances = decomposition.getEigenvalues(); // of all vectors together, falling
        int count = (int) IntStream.range(0, Math.min(most, variances.length))
                .filter(k -> variances[k] > LEAST_SHARE * variances[0])
                .count();
        double[][] axes = IntStream.range(0, count)
                .parallel()
                .mapToObj(k -> axis(centered, decomposition.getEigenvector(k).toArray(), variances[k]))
                .toArray(double[][]::new);
        return new PrincipalAxes(mean, axes);
    }

    /** The length of what the axes leave of a vector's difference from the mean. */
    double residual(double[] vector) {
        double[] rest = difference(vector, mean);
        for (double[] axis : axes) {
            add(-product(axis, rest), axis, rest);
        }
        return Math.sqrt(product(rest, rest));
    }

    private static double[] mean(List<double[]> vectors) {
        double[] mean = new double[vectors.get(0).length];
        for (double[] vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i] / vectors.size();
            }
        }
        return mean;
    }

    private static double[][] products(double[][] rows) {
        return IntStream.range(0, rows.length)
                .parallel()
                .mapToObj(i -> IntStream.range(0, rows.length)
                        .mapToDouble(j -> product(rows[Math.max(i, j)], rows[Math.min(i, j)]))
                        .toArray())
                .toArray(double[][]::new);
    }

    /** Xᵀ·u/√λ, of length 1. */
    private static double[] axis(double[][] centered, double[] weights, double variance) {
        double[] axis = new double[centered[0].length];
        for (int i = 0; i < centered.length; i++) {
            add(weights[i] / Math.sqrt(variance), centered[i], axis);
        }
        double largest = 0;
        for (double component : axis) {
            largest = Math.abs(component) > Math.abs(largest) ? component : largest;
        }
        double sign = Math.signum(largest);
        for (int i = 0; i < axis.length; i++) {
            axis[i] *= sign;
        }
        return axis;
    }

    private static double[] difference(double[] vector, double[] mean) {
        return IntStream.range(0, mean.length)
                .mapToDouble(i -> vector[i] - mean[i])
                .toArray();
    }

    private static void add(double factor, double[] x, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * x[i];
        }
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
