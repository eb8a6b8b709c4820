package io.github.deqa4j.report;

import io.github.deqa4j.metric.Estimate;
import io.github.deqa4j.metric.EvaluationReport;
import io.github.deqa4j.metric.EvaluationSettings;
import io.github.deqa4j.metric.EvaluationTable;
import io.github.deqa4j.metric.Interval;
import io.github.deqa4j.metric.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Evaluations as rows: one for each data set, and their mean. */
final class EvaluationGrids {
    private EvaluationGrids() {}

    /** Rows of figures, and below each the ends of its intervals. */
    static Grid withIntervalsBelow(EvaluationTable table) {
        List<Metric> metrics = metrics(table);
        List<String> head = new ArrayList<>(List.of("data set", "images"));
        metrics.forEach(metric -> head.add(metric.label()));
        List<List<String>> rows = new ArrayList<>();
        for (EvaluationReport report : all(table)) {
            rows.add(row(
                    report.name(),
                    Integer.toString(report.images()),
                    metrics,
                    metric -> report.estimate(metric).map(Estimate::value)));
            if (table.settings().resamples() > 0) {
                rows.add(row(
                        "  from",
                        "",
                        metrics,
                        metric -> interval(report, metric).map(Interval::low)));
                rows.add(row(
                        "  to", "", metrics, metric -> interval(report, metric).map(Interval::high)));
            }
        }
        return new Grid(head, rows);
    }

    /** Rows with a column for each figure and for each end of its interval. */
    static Grid forPrograms(EvaluationTable table) {
        List<Metric> metrics = metrics(table);
        boolean intervals = table.settings().resamples() > 0;
        List<String> head = new ArrayList<>(List.of("name", "pictures"));
        for (Metric metric : metrics) {
            head.add(metric.key());
            head.addAll(intervals ? List.of(metric.key() + "_low", metric.key() + "_high") : List.of());
        }
        List<List<String>> rows = new ArrayList<>();
        for (EvaluationReport report : all(table)) {
            List<String> row = new ArrayList<>(List.of(report.name(), Integer.toString(report.images())));
            for (Metric metric : metrics) {
                row.add(exact(report.estimate(metric).map(Estimate::value)));
                if (intervals) {
                    row.add(exact(interval(report, metric).map(Interval::low)));
                    row.add(exact(interval(report, metric).map(Interval::high)));
                }
            }
            rows.add(row);
        }
        return new Grid(head, rows);
    }

    /** How the figures were come by, in one line. */
    static String caption(EvaluationTable table) {
        EvaluationSettings settings = table.settings();
        String fit = settings.curve()
                .map(curve -> "fit: " + curve.parameters() + "-parameter logistic")
                .orElse("no fit");
        return fit + "; " + intervals(settings, drawn(table));
    }

    /** What was drawn, where it was not images. */
    private static String drawn(EvaluationTable table) {
        return table.reports().stream()
                .filter(report -> report.references().isPresent())
                .map(report -> report.name() + ": " + report.references().getAsInt())
                .collect(Collectors.collectingAndThen(Collectors.joining(", "), EvaluationGrids::ofReferences));
    }

    /** The words for resamples of references, of which a text says how many there are. */
    static String ofReferences(String counts) {
        return counts.isEmpty() ? "" : " of references (" + counts + ")";
    }

    /**
     * How intervals were come by.
     *
     * @param drawn what was drawn; empty for images
     */
    static String intervals(EvaluationSettings settings, String drawn) {
        return settings.resamples() == 0
                ? "no intervals"
                : Figures.percent(settings.confidence()) + " intervals from " + settings.resamples()
                        + " bootstrap resamples" + drawn + ", seed " + settings.seed();
    }

    /** The reports, and the mean if there is one. */
    static List<EvaluationReport> all(EvaluationTable table) {
        return Stream.concat(table.reports().stream(), table.mean().stream()).toList();
    }

    /** The metrics that any data set has. */
    static List<Metric> metrics(EvaluationTable table) {
        return Arrays.stream(Metric.values())
                .filter(metric -> table.reports().stream()
                        .anyMatch(report -> report.estimate(metric).isPresent()))
                .toList();
    }

    private static Optional<Interval> interval(EvaluationReport report, Metric metric) {
        return report.estimate(metric).flatMap(Estimate::interval);
    }

    private static List<String> row(
            String name, String images, List<Metric> metrics, Function<Metric, Optional<Double>> figure) {
        List<String> row = new ArrayList<>(List.of(name, images));
        metrics.forEach(
                metric -> row.add(figure.apply(metric).map(Figures::text).orElse(Figures.none())));
        return row;
    }

    private static String exact(Optional<Double> figure) {
        return figure.map(Figures::exact).orElse("");
    }
}
