package io.github.deqa4j.report;

import io.github.deqa4j.metric.Estimate;
import io.github.deqa4j.metric.EvaluatedImage;
import io.github.deqa4j.metric.EvaluationReport;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.EvaluationTable;
import io.github.deqa4j.metric.Interval;
import io.github.deqa4j.metric.LogisticFit;
import io.github.deqa4j.metric.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An evaluation as one HTML page that needs nothing beside it: the table, and for each data set scores with the fit,
 * residuals, the calibration of the spread and the images with the largest error. It follows the reader's light or
 * dark theme.
 */
public final class HtmlReport {
    private static final int WORST = 12;

    private final Optional<Thumbnails> thumbnails;

    /**
     * A report.
     *
     * @param images folder of the images, to show those with the largest error; empty to name them only
     */
    public HtmlReport(Optional<Path> images) {
        thumbnails = images.map(Thumbnails::new);
    }

    /**
     * A page and what is not on it.
     *
     * @param html the page
     * @param images how many images it names
     * @param unshown paths of those of them that could not be read; empty where none were to be shown
     */
    public record Page(String html, int images, List<String> unshown) {
        /** A page that does not change. */
        public Page {
            unshown = List.copyOf(unshown);
        }
    }

    /** An image of the page, and where it can be shown, how. */
    private record Shown(EvaluatedImage image, Optional<String> uri) {}

    /**
     * The page.
     *
     * @param table the evaluation
     * @param sets the data sets of its reports, in the same order
     */
    public Page write(EvaluationTable table, List<EvaluationSet> sets) {
        List<List<Shown>> worst = sets.stream().map(this::worst).toList();
        List<Shown> images = worst.stream().flatMap(List::stream).toList();
        List<String> unshown = images.stream()
                .filter(shown -> thumbnails.isPresent() && shown.uri().isEmpty())
                .map(shown -> shown.image().image())
                .toList();
        return new Page(html(table, sets, worst), images.size(), unshown);
    }

    private static String html(EvaluationTable table, List<EvaluationSet> sets, List<List<Shown>> worst) {
        StringBuilder body = new StringBuilder();
        body.append("<h1>Evaluation of predicted quality</h1>\n");
        body.append(table(table));
        table.warnings().forEach(warning -> body.append("<p class=\"warning\">" + Html.escape(warning) + ".</p>\n"));
        for (int i = 0; i < sets.size(); i++) {
            body.append(section(sets.get(i), table.reports().get(i), worst.get(i)));
        }
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Evaluation of predicted quality</title>\n"
                + "<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n" + body + "</main>\n</body>\n</html>\n";
    }

    private static String table(EvaluationTable table) {
        List<Metric> metrics = EvaluationGrids.metrics(table);
        String head = metrics.stream()
                .map(metric -> "<th>" + Html.escape(metric.label()) + (metric.largerIsBetter() ? " ↑" : " ↓") + "</th>")
                .collect(Collectors.joining());
        String rows = EvaluationGrids.all(table).stream()
                .map(report -> row(report, metrics))
                .collect(Collectors.joining());
        return "<div class=\"wide\"><table>\n<thead><tr><th>data set</th><th>images</th>" + head
                + "</tr></thead>\n<tbody>\n"
                + rows + "</tbody>\n</table></div>\n<p class=\"note\">" + Html.escape(EvaluationGrids.caption(table))
                + ". Below each figure stands its interval; arrows point to better.</p>\n";
    }

    private static String row(EvaluationReport report, List<Metric> metrics) {
        String cells = metrics.stream()
                .map(metric ->
                        "<td>" + report.estimate(metric).map(HtmlReport::cell).orElse(Figures.none()) + "</td>")
                .collect(Collectors.joining());
        return "<tr><th>" + Html.escape(report.name()) + "</th><td>" + report.images() + "</td>" + cells + "</tr>\n";
    }

    private static String cell(Estimate estimate) {
        return Figures.text(estimate.value())
                + estimate.interval().map(HtmlReport::interval).orElse("");
    }

    private static String interval(Interval interval) {
        return "<small>" + Figures.text(interval.low()) + "<br>" + Figures.text(interval.high()) + "</small>";
    }

    private static String section(EvaluationSet set, EvaluationReport report, List<Shown> worst) {
        String charts =
                EvaluationCharts.of(set, report.fit()).stream().map(Chart::html).collect(Collectors.joining());
        return "<section>\n<h2>" + Html.escape(set.name()) + "</h2>\n"
                + report.fit().map(HtmlReport::formula).orElse("")
                + spread(report)
                + "<div class=\"charts\">\n" + charts + "</div>\n" + worst(worst) + "</section>\n";
    }

    private static String spread(EvaluationReport report) {
        Grid grid = SpreadGrid.of(List.of(report));
        return "<div class=\"wide\"><table>\n<thead>" + cells("th", grid.head()) + "</thead>\n<tbody>\n"
                + grid.rows().stream().map(row -> cells("td", row)).collect(Collectors.joining())
                + "</tbody>\n</table></div>\n<p class=\"note\">" + Html.escape(SpreadGrid.CAPTION) + ".</p>\n";
    }

    /** A row of a table, whose first cell is its heading. */
    private static String cells(String tag, List<String> cells) {
        StringBuilder row =
                new StringBuilder("<tr><th>" + Html.escape(cells.get(0).strip()) + "</th>");
        cells.subList(1, cells.size())
                .forEach(cell -> row.append("<" + tag + ">" + Html.escape(cell) + "</" + tag + ">"));
        return row.append("</tr>\n").toString();
    }

    private static String formula(LogisticFit fit) {
        String parameters = fit.parameters().stream()
                .map(parameter -> String.format(Locale.ROOT, "%.4g", parameter))
                .collect(Collectors.joining(", "));
        return "<p class=\"note\">Fitted curve: " + fit.curve().key() + " with parameters " + parameters + ".</p>\n";
    }

    private List<Shown> worst(EvaluationSet set) {
        return set.images().stream()
                .sorted(Comparator.comparingDouble(HtmlReport::error).reversed())
                .limit(WORST)
                .map(image -> new Shown(image, thumbnails.flatMap(folder -> folder.uri(image.image()))))
                .toList();
    }

    private static String worst(List<Shown> images) {
        String figures = images.stream().map(HtmlReport::figure).collect(Collectors.joining());
        return "<h3>The images with the largest error</h3>\n<div class=\"worst\">\n" + figures + "</div>\n";
    }

    private static String figure(Shown shown) {
        EvaluatedImage image = shown.image();
        String figure =
                shown.uri().map(uri -> "<img alt=\"\" src=\"" + uri + "\">").orElse("");
        return "<figure>" + figure + "<figcaption><b>" + Html.escape(image.image()) + "</b>predicted "
                + spread(image.predicted(), image.predictedStd()) + "<br>people "
                + spread(image.truth(), image.truthStd()) + "</figcaption></figure>\n";
    }

    private static String spread(double score, double std) {
        String mean = String.format(Locale.ROOT, "%.2f", score);
        return Double.isNaN(std) ? mean : mean + String.format(Locale.ROOT, " ± %.2f", std);
    }

    private static double error(EvaluatedImage image) {
        return Math.abs(image.predicted() - image.truth());
    }

    private static String style() {
        try (InputStream stream = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
