package io.github.deqa4j.report;

import io.github.deqa4j.metric.EvaluationReport;
import io.github.deqa4j.metric.SpreadCalibration;
import io.github.deqa4j.metric.SpreadCalibration.GroupCoverage;
import java.util.ArrayList;
import java.util.List;

/** Bias and spread as rows: for each data set all images, one constant std for all, and thirds of them by predicted std. */
final class CalibrationRows {
    /** Explains the figures, in one line. */
    static final String CAPTION =
            "bias: predictions less opinions; in X %: share of the ratings, taken as normal, in the predicted interval that should"
                    + " hold X %";

    private static final List<String> THIRDS =
            List.of("  third of least std", "  middle third", "  third of greatest std");

    private CalibrationRows() {}

    static TextTable of(List<EvaluationReport> reports) {
        List<String> head = new ArrayList<>(List.of("data set", "images", "bias", "std", "of ratings"));
        SpreadCalibration.SHARES.forEach(share -> head.add("in " + NumberText.percent(share)));
        List<List<String>> rows = new ArrayList<>();
        for (EvaluationReport report : reports) {
            rows.add(first(report));
            report.spread().ifPresent(spread -> addRows(spread, rows));
        }
        return new TextTable(head, rows);
    }

    private static List<String> first(EvaluationReport report) {
        String bias = NumberText.signed(report.bias());
        return report.spread()
                .map(spread -> row(report.name(), bias, spread.all()))
                .orElseGet(() -> {
                    List<String> row = new ArrayList<>(List.of(report.name(), Integer.toString(report.images()), bias));
                    for (int i = 0; i < 2 + SpreadCalibration.SHARES.size(); i++) {
                        row.add(NumberText.none());
                    }
                    return row;
                });
    }

    private static void addRows(SpreadCalibration spread, List<List<String>> rows) {
        rows.add(row("  with the mean std", "", spread.constant()));
        for (int i = 0; i < spread.thirds().size(); i++) {
            rows.add(row(THIRDS.get(i), "", spread.thirds().get(i)));
        }
    }

    private static List<String> row(String name, String bias, GroupCoverage group) {
        List<String> row = new ArrayList<>(List.of(
                name,
                Integer.toString(group.spread().images()),
                bias,
                NumberText.text(group.spread().predicted()),
                NumberText.text(group.spread().actual())));
        group.shares().forEach(share -> row.add(NumberText.percent(share)));
        return row;
    }
}
