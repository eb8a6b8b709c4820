package io.github.deqa4j.train.report;

import io.github.deqa4j.report.Chart;
import java.awt.AWTError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The training curves of a run as one HTML page without other files, in the light or dark colors of the reader. */
final class CurvesPage {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 320;
    private static final int MAX_POINTS = 500; // more would not be told apart, and take seconds to draw
    private static final int WINDOW = 20;
    private static final String STEP = "step";

    private static final String HEAD = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Training curves</title>
        <style>
        :root { color-scheme: light dark; --ink: #1f2430; --paper: #ffffff; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --paper: #1b1f27; } }
        body { font: 15px system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
          max-width: 60rem; padding: 0 1rem; }
        img { width: 100%; height: auto; }
        </style></head><body><h1>Training curves</h1>
        """;

    private CurvesPage() {}

    /**
     * The page.
     *
     * @param steps rows of the log of steps: the step, then the values of {@link StepRow#COLUMNS}
     * @param evaluations rows of the log of evaluations: the step, then the values of {@link EvaluationRow#COLUMNS}
     */
    static String html(List<double[]> steps, List<double[]> evaluations) {
        List<double[]> drawn = thinned(steps);
        List<double[]> means = thinned(movingMeans(steps, "loss"));
        StringBuilder page = new StringBuilder(HEAD);
        page.append(
                String.format(Locale.ROOT, "<p>%,d steps, %,d evaluations.</p>%n", steps.size(), evaluations.size()));
        page.append(html(curves("Loss", drawn, "loss").line("mean of " + WINDOW, column(means, 0), column(means, 1))));
        page.append(html(curves("Parts of the loss", drawn, "rank", "next_token", "kl", "description")));
        page.append(html(curves("Norm of the gradients", drawn, "gradient_norm")));
        page.append(html(curves("Learning rates", drawn, "rate_vision", "rate_abstractor", "rate_decoder")));
        page.append(html(chart("Evaluation")
                .line("SRCC", column(evaluations, 0), column(evaluations, 1))
                .line("PLCC", column(evaluations, 0), column(evaluations, 2))));
        return page.append("</body></html>\n").toString();
    }

    /**
     * The page, or one that tells why there are no charts. Java cannot draw on every machine, for example without fonts, and a
     * run must not end for that.
     */
    static String orNotice(Supplier<String> page) {
        try {
            return page.get();
        } catch (RuntimeException | LinkageError | AWTError | InternalError e) {
            return HEAD + "<p>The charts cannot be drawn on this machine ("
                    + e.getClass().getName() + "). The figures are in log.csv and evaluations.csv.</p></body></html>\n";
        }
    }

    private static Chart.Builder curves(String title, List<double[]> rows, String... columns) {
        Chart.Builder chart = chart(title);
        for (String name : columns) {
            chart.line(name.replace('_', ' '), column(rows, 0), values(rows, name));
        }
        return chart;
    }

    private static Chart.Builder chart(String title) {
        return Chart.titled(title).axes(STEP, "").size(WIDTH, HEIGHT);
    }

    /** A chart without a finite value is left out. */
    private static String html(Chart.Builder builder) {
        Chart chart = builder.build();
        return chart.series().isEmpty() ? "" : chart.html();
    }

    /** Every n-th row, so that at most {@value #MAX_POINTS} remain. */
    static List<double[]> thinned(List<double[]> rows) {
        int stride = Math.max(1, (rows.size() + MAX_POINTS - 1) / MAX_POINTS);
        return IntStream.range(0, rows.size())
                .filter(i -> i % stride == 0)
                .mapToObj(rows::get)
                .toList();
    }

    /** For each row the step, and the mean of a column over the last {@value #WINDOW} rows. */
    private static List<double[]> movingMeans(List<double[]> rows, String name) {
        double[] values = values(rows, name);
        List<double[]> means = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            double mean = Arrays.stream(values, Math.max(0, i - WINDOW + 1), i + 1)
                    .average()
                    .orElseThrow();
            means.add(new double[] {rows.get(i)[0], mean});
        }
        return means;
    }

    private static double[] values(List<double[]> rows, String name) {
        return column(rows, 1 + StepRow.COLUMNS.indexOf(name));
    }

    private static double[] column(List<double[]> rows, int index) {
        return rows.stream().mapToDouble(row -> row[index]).toArray();
    }
}
