package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A logistic curve fitted to predictions and truths by least squares.
 *
 * @param curve which curve
 * @param parameters β1, β2, …
 */
public record LogisticFit(LogisticCurve curve, List<Double> parameters) {
    /** A curve with its parameters. */
    public LogisticFit {
        parameters = List.copyOf(parameters);
    }

    /**
     * Fits a curve: the best of what the authors' start, one taken from the data, and starts of many slopes and centers
     * lead to.
     *
     * @param x predictions
     * @param y truths
     * @throws DeqaException if there are fewer pairs than parameters, the predictions are all equal, or no fit has finite
     *     parameters
     */
    public static LogisticFit of(LogisticCurve curve, double[] x, double[] y) {
        int[] order = IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> x[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return LogisticSearch.of(
                        curve,
                        IntStream.of(order).mapToDouble(i -> x[i]).toArray(),
                        IntStream.of(order).mapToDouble(i -> y[i]).toArray())
                .flatMap(LogisticSearch::fit)
                .orElseThrow(() -> new DeqaException("the " + curve.parameters()
                        + "-parameter logistic cannot be fitted to these " + x.length + " images"));
    }

    /** The curve at one prediction. */
    public double value(double x) {
        return curve.value(parameters, x);
    }

    boolean isFinite() {
        return parameters.stream().allMatch(Double::isFinite);
    }
}
