package io.github.deqa4j.metric;

import io.github.deqa4j.metric.ProjectedFit.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The search for the logistic curve of least squared error. There are several optima where predictions are weak, few or
 * outlying, and a descent ends in the one its start lies nearest to. So shapes of many slopes and centers, the authors' starts
 * among them, are tried on groups of pairs with like predictions, the best of them followed downhill, and the lowest
 * followed on all pairs.
 *
 * <p>Predictions are taken in standard deviations from their mean, so that a search does not depend on their scale. It
 * is the workspace of one thread; {@link #copy} makes another.
 */
final class LogisticSearch {
    private static final double SAME = 1e-6;
    private static final Effort THOROUGH = new Effort(1024, 60, 8, 200);
    private static final Effort QUICK = new Effort(256, 6, 1, 32);

    /**
     * How hard to look.
     *
     * @param groups into how many groups pairs are brought together at most
     * @param starts shapes that are followed on the groups, beside the usual ones
     * @param finalists optima of the groups that are followed on all pairs
     * @param steps longest descent
     */
    private record Effort(int groups, int starts, int finalists, int steps) {}

    private final LogisticCurve curve;
    private final Effort effort;
    private final double mean;
    private final double std;
    private final double[] x;
    private final double[] y;
    private final LogisticShapes shapes;
    private final ProjectedFit groups;
    private final ProjectedFit all;

    private LogisticSearch(LogisticCurve curve, Effort effort, double mean, double std, double[] x, double[] y) {
        this.curve = curve;
        this.effort = effort;
        this.mean = mean;
        this.std = std;
        this.x = x;
        this.y = y;
        double[] once = once();
        shapes = new LogisticShapes(means(x, once, weights(once)));
        groups = new ProjectedFit(curve.hasLine(), shapes.x());
        all = new ProjectedFit(curve.hasLine(), x);
    }

    private LogisticSearch(LogisticSearch other) {
        curve = other.curve;
        effort = other.effort;
        mean = other.mean;
        std = other.std;
        x = other.x;
        y = other.y;
        shapes = other.shapes;
        groups = new ProjectedFit(curve.hasLine(), shapes.x());
        all = new ProjectedFit(curve.hasLine(), x);
    }

    /**
     * A search.
     *
     * @param x predictions, ascending
     * @param y truths
     * @return empty if there are fewer pairs than parameters, or the predictions are all equal
     */
    static Optional<LogisticSearch> of(LogisticCurve curve, double[] x, double[] y) {
        double mean = Arrays.stream(x).average().orElse(Double.NaN);
        double std = Math.sqrt(Arrays.stream(x)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
        if (x.length < curve.parameters() || !(std > 0)) {
            return Optional.empty();
        }
        double[] scaled = Arrays.stream(x).map(value -> (value - mean) / std).toArray();
        return Optional.of(new LogisticSearch(curve, THOROUGH, mean, std, scaled, y));
    }

    /** A search that is quick enough for each of many resamples. */
    LogisticSearch quick() {
        return new LogisticSearch(curve, QUICK, mean, std, x, y);
    }

    /** The same with a workspace of its own. */
    LogisticSearch copy() {
        return new LogisticSearch(this);
    }

    /** The curve for all pairs; empty if no fit has finite parameters. */
    Optional<LogisticFit> fit() {
        return best(once()).map(this::unscaled).filter(LogisticFit::isFinite);
    }

    private double[] once() {
        double[] once = new double[x.length];
        Arrays.fill(once, 1);
        return once;
    }

    /**
     * The curve for a resample.
     *
     * @param counts how often each pair counts
     * @param fitted receives the curve at each prediction; not a number where there is none
     */
    void fit(int[] counts, double[] fitted) {
        double[] weights = Arrays.stream(counts).asDoubleStream().toArray();
        Optional<Point> best = best(weights);
        for (int i = 0; i < x.length; i++) {
            fitted[i] = best.isPresent() ? best.get().value(x[i]) : Double.NaN;
        }
    }

    private Optional<Point> best(double[] weights) {
        double[] groupWeights = weights(weights);
        groups.set(groupWeights, means(y, weights, groupWeights));
        List<LogisticShape> from = new ArrayList<>(LogisticShape.usualStarts());
        from.addAll(shapes.best(groups, effort.starts));
        List<Point> coarse = lowest(from, groups, effort.steps);
        if (groupCount() == x.length) {
            return coarse.stream().findFirst();
        }
        all.set(weights, y);
        List<LogisticShape> finalists =
                coarse.stream().limit(effort.finalists).map(Point::shape).toList();
        return lowest(finalists, all, effort.steps).stream().findFirst();
    }

    /** Where descents end, the lowest first and each once. */
    private static List<Point> lowest(List<LogisticShape> starts, ProjectedFit fit, int steps) {
        ShapeDescent descent = new ShapeDescent(steps);
        List<Point> sorted = starts.stream()
                .map(start -> descent.from(start, fit))
                .filter(point -> Double.isFinite(point.cost()))
                .sorted(Comparator.comparingDouble(Point::cost))
                .toList();
        List<Point> apart = new ArrayList<>();
        for (Point point : sorted) {
            if (apart.isEmpty()
                    || point.cost() > (1 + SAME) * apart.get(apart.size() - 1).cost()) {
                apart.add(point);
            }
        }
        return apart;
    }

    private LogisticFit unscaled(Point point) {
        double slope = point.slope() / std;
        return new LogisticFit(
                curve,
                curve.parameters(
                        point.shape().slope() / std,
                        mean + std * point.shape().center(),
                        point.height(),
                        slope,
                        point.offset() - slope * mean));
    }

    private int groupCount() {
        return Math.min(effort.groups, x.length);
    }

    /** Where a group begins. */
    private int start(int group) {
        return (int) ((long) group * x.length / groupCount());
    }

    private double[] weights(double[] weights) {
        double[] sums = new double[groupCount()];
        for (int group = 0; group < sums.length; group++) {
            for (int i = start(group); i < start(group + 1); i++) {
                sums[group] += weights[i];
            }
        }
        return sums;
    }

    /** Means over the pairs of each group; 0 where none counts. */
    private double[] means(double[] values, double[] weights, double[] sums) {
        double[] means = new double[sums.length];
        for (int group = 0; group < means.length; group++) {
            for (int i = start(group); i < start(group + 1); i++) {
                means[group] += weights[i] * values[i];
            }
            means[group] = sums[group] == 0 ? 0 : means[group] / sums[group];
        }
        return means;
    }
}
