package io.github.deqa4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shapes of many slopes and centers, and s(x) of each at some predictions: the starts of a search. It is immutable and may
 * be shared.
 */
final class LogisticShapes {
    private static final double[] SLOPES = {0.02, 0.1, 0.4, 1, 2, 4, 8, 16, 32, 64, 128, 512, 2048};
    private static final double[] OUTSIDE = {0.5, 2, 5};
    private static final int CENTERS = 120;
    private static final int BEST_OF_SLOPE = 4;

    private final double[] x;
    private final List<List<Column>> slopes = new ArrayList<>();

    /** A shape and its s. */
    private static final class Column {
        final LogisticShape shape;
        final double[] s;

        Column(LogisticShape shape, double[] x) {
            this.shape = shape;
            s = Arrays.stream(x).map(shape::value).toArray();
        }
    }

    /** A shape and the squared error of its best curve. */
    record Start(LogisticShape shape, double cost) {}

    /**
     * Shapes for predictions.
     *
     * @param x ascending, in standard deviations from their mean
     */
    LogisticShapes(double[] x) {
        this.x = x;
        for (double slope : SLOPES) {
            slopes.add(centers(slope).stream()
                    .map(center -> new Column(new LogisticShape(slope, center), x))
                    .toList());
        }
    }

    /** The predictions. */
    double[] x() {
        return x;
    }

    /** Predictions, the middles between them, and places outside. */
    private List<Double> centers(double slope) {
        List<Double> centers = new ArrayList<>();
        for (double outside : OUTSIDE) {
            centers.add(x[0] - outside / slope);
            centers.add(x[x.length - 1] + outside / slope);
        }
        int inside = Math.min(CENTERS, 2 * x.length - 1);
        for (int i = 0; i < inside; i++) {
            int place = (int) ((long) i * (2L * x.length - 1) / inside);
            centers.add((x[place / 2] + x[(place + 1) / 2]) / 2);
        }
        centers.sort(Comparator.naturalOrder());
        return centers;
    }

    /**
     * The shapes that fit best: for each slope the centers that fit better than those next to them.
     *
     * @param fit to these predictions
     * @param most how many
     */
    List<LogisticShape> best(ProjectedFit fit, int most) {
        List<Start> starts = new ArrayList<>();
        for (List<Column> columns : slopes) {
            double[] costs = columns.stream()
                    .mapToDouble(column -> fit.roughCost(column.s))
                    .toArray();
            IntStream.range(0, costs.length)
                    .filter(i -> isLowest(costs, i))
                    .mapToObj(i -> new Start(columns.get(i).shape, costs[i]))
                    .sorted(Comparator.comparingDouble(Start::cost))
                    .limit(BEST_OF_SLOPE)
                    .forEach(starts::add);
        }
        return starts.stream()
                .sorted(Comparator.comparingDouble(Start::cost))
                .limit(most)
                .map(Start::shape)
                .toList();
    }

    private static boolean isLowest(double[] costs, int i) {
        return costs[i] <= costs[Math.max(0, i - 1)] && costs[i] <= costs[Math.min(costs.length - 1, i + 1)];
    }
}
