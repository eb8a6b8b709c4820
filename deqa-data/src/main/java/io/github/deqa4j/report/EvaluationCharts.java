package io.github.deqa4j.report;

import io.github.deqa4j.metric.EvaluatedImage;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.LogisticFit;
import io.github.deqa4j.metric.SpreadCalibration;
import io.github.deqa4j.report.Chart.Kind;
import io.github.deqa4j.report.Chart.Point;
import io.github.deqa4j.report.Chart.Range;
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
    private static final String IMAGES = "images";

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
        Chart.Builder chart = Chart.titled("Scores")
                .axes(PREDICTED, "mean opinion score")
                .ranges(SCALE, SCALE)
                .add(IMAGES, Kind.POINTS, points(set, EvaluatedImage::truth))
                .add("equal", Kind.REFERENCE, diagonal(SCALE));
        fit.ifPresent(curve -> chart.add("fitted curve", Kind.LINE, Chart.curve(SCALE, curve::value)));
        return chart.build();
    }

    private static Chart residuals(EvaluationSet set, Optional<LogisticFit> fit) {
        DoubleUnaryOperator expected =
                fit.<DoubleUnaryOperator>map(curve -> curve::value).orElse(x -> x);
        List<Point> points = points(set, image -> image.truth() - expected.applyAsDouble(image.predicted()));
        double most =
                points.stream().mapToDouble(point -> Math.abs(point.y())).max().orElse(1);
        Range range = new Range(-Math.max(0.1, 1.05 * most), Math.max(0.1, 1.05 * most));
        return Chart.titled("Residuals")
                .axes(PREDICTED, fit.isPresent() ? "opinion less fitted prediction" : "opinion less prediction")
                .ranges(SCALE, range)
                .add(IMAGES, Kind.POINTS, points)
                .add("none", Kind.REFERENCE, Chart.curve(SCALE, x -> 0))
                .build();
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
        return Chart.titled("Spread: images grouped by predicted std")
                .axes("predicted std (mean of the group)", "std of the ratings (mean)")
                .ranges(range, range)
                .add("calibrated", Kind.REFERENCE, diagonal(range))
                .add("groups of images", Kind.MARKED_LINE, points)
                .build();
    }

    private static Chart coverage(SpreadCalibration calibration) {
        List<Point> points = calibration.coverage().stream()
                .map(coverage -> new Point(coverage.nominal(), coverage.actual()))
                .toList();
        return Chart.titled("Coverage: ratings inside the predicted interval")
                .axes("share that should lie inside", "share that lies inside")
                .ranges(SHARE, SHARE)
                .add("calibrated", Kind.REFERENCE, diagonal(SHARE))
                .add("central intervals", Kind.MARKED_LINE, points)
                .build();
    }

    private static List<Point> points(EvaluationSet set, ToDoubleFunction<EvaluatedImage> height) {
        return set.images().stream()
                .map(image -> new Point(image.predicted(), height.applyAsDouble(image)))
                .toList();
    }

    private static List<Point> diagonal(Range range) {
        return List.of(new Point(range.low(), range.low()), new Point(range.high(), range.high()));
    }
}
