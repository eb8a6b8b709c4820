package io.github.deqa4j.report;

import io.github.deqa4j.metric.EvaluatedImage;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.LogisticFit;
import io.github.deqa4j.metric.SpreadCalibration;
import io.github.deqa4j.report.Chart.Kind;
import io.github.deqa4j.report.Chart.Point;
import io.github.deqa4j.report.Chart.Range;
import io.github.deqa4j.report.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** The charts of a data set. */
final class EvaluationCharts {
    private static final Range SCALE = new Range(1, 5);
    private static final Range SHARE = new Range(0, 1);
    private static final String PREDICTED = "predicted score";

    private EvaluationCharts() {}

    /** Scores and residuals; and where people's spread is known, how well it is predicted. */
    static List<Chart> of(EvaluationSet set, Optional<LogisticFit> fit) {
        List<Chart> charts = new ArrayList<>(List.of(scores(set, fit), residuals(set, fit)));
        if (set.hasTruthStd()) {
            SpreadCalibration calibration = SpreadCalibration.of(set);
            charts.add(spread(calibration));
            charts.add(coverage(calibration));
        }
        return charts;
    }

    private static Chart scores(EvaluationSet set, Optional<LogisticFit> fit) {
        List<Series> series = new ArrayList<>();
        series.add(new Series("images", Kind.POINTS, points(set, EvaluatedImage::truth)));
        series.add(diagonal("equal", SCALE));
        fit.ifPresent(curve -> series.add(new Series("fitted curve", Kind.LINE, Chart.curve(SCALE, curve::value))));
        return new Chart("Scores", PREDICTED, "mean opinion score", SCALE, SCALE, series);
    }

    private static Chart residuals(EvaluationSet set, Optional<LogisticFit> fit) {
        DoubleUnaryOperator expected =
                fit.<DoubleUnaryOperator>map(curve -> curve::value).orElse(x -> x);
        List<Point> points = points(set, image -> image.truth() - expected.applyAsDouble(image.predicted()));
        double most =
                points.stream().mapToDouble(point -> Math.abs(point.y())).max().orElse(1);
        Range range = new Range(-Math.max(0.1, 1.05 * most), Math.max(0.1, 1.05 * most));
        return new Chart(
                "Residuals",
                PREDICTED,
                fit.isPresent() ? "opinion less fitted prediction" : "opinion less prediction",
                SCALE,
                range,
                List.of(
                        new Series("images", Kind.POINTS, points),
                        new Series("none", Kind.REFERENCE, Chart.curve(SCALE, x -> 0))));
    }

    private static Chart spread(SpreadCalibration calibration) {
        List<Point> points = calibration.bins().stream()
                .map(bin -> new Point(bin.predicted(), bin.actual()))
                .toList();
        double most = points.stream()
                .mapToDouble(point -> Math.max(point.x(), point.y()))
                .max()
                .orElse(1);
        Range range = new Range(0, Math.max(0.1, 1.1 * most));
        return new Chart(
                "Spread: images grouped by predicted std",
                "predicted std (mean of the group)",
                "std of the ratings (mean)",
                range,
                range,
                List.of(diagonal("calibrated", range), new Series("groups of images", Kind.MARKED_LINE, points)));
    }

    private static Chart coverage(SpreadCalibration calibration) {
        List<Point> points = calibration.coverage().stream()
                .map(coverage -> new Point(coverage.nominal(), coverage.actual()))
                .toList();
        return new Chart(
                "Coverage: ratings inside the predicted interval",
                "share that should lie inside",
                "share that lies inside",
                SHARE,
                SHARE,
                List.of(diagonal("calibrated", SHARE), new Series("central intervals", Kind.MARKED_LINE, points)));
    }

    private static List<Point> points(EvaluationSet set, ToDoubleFunction<EvaluatedImage> height) {
        return set.images().stream()
                .map(image -> new Point(image.predicted(), height.applyAsDouble(image)))
                .toList();
    }

    private static Series diagonal(String name, Range range) {
        return new Series(
                name,
                Kind.REFERENCE,
                List.of(new Point(range.low(), range.low()), new Point(range.high(), range.high())));
    }
}
