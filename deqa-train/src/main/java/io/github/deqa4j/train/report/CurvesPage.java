package io.github.deqa4j.train.report;

import java.util.List;
import java.util.Locale;

/** The curves of a run as one page that needs nothing else, in the reader's light or dark colors. */
final class CurvesPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Training curves</title>
            <style>
            :root { color-scheme: light dark; --ink: #1f2328; --grid: #d0d7de; --paper: #ffffff;
              --c0: #0969da; --c1: #cf222e; --c2: #1a7f37; --c3: #9a6700; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --grid: #3d444d; --paper: #0d1117;
              --c0: #58a6ff; --c1: #ff7b72; --c2: #56d364; --c3: #e3b341; } }
            body { font: 15px system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
              max-width: 60rem; padding: 0 1rem; }
            svg { width: 100%; height: auto; } text { fill: var(--ink); font-size: 12px; }
            polyline { fill: none; stroke-width: 1.6; } .grid { stroke: var(--grid); }
            </style></head><body><h1>Training curves</h1>
            """;

    private CurvesPage() {}

    /**
     * The page.
     *
     * @param steps rows of the log of steps
     * @param evaluations rows of the log of evaluations
     */
    static String html(List<double[]> steps, List<double[]> evaluations) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append(
                String.format(Locale.ROOT, "<p>%,d steps, %,d evaluations.</p>%n", steps.size(), evaluations.size()));
        page.append(chart("Loss", steps, "loss", smooth(steps, "loss")));
        page.append(chart("Parts of the loss", steps, "rank", "next_token", "kl", "description"));
        page.append(chart("Norm of the gradients", steps, "gradient_norm"));
        page.append(chart("Learning rates", steps, "rate_vision", "rate_abstractor", "rate_decoder"));
        page.append(new CurveChart("Evaluation")
                .line("SRCC", column(evaluations, 0), column(evaluations, 1))
                .line("PLCC", column(evaluations, 0), column(evaluations, 2))
                .svg());
        return page.append("</body></html>\n").toString();
    }

    private static String chart(String title, List<double[]> steps, String... columns) {
        CurveChart chart = new CurveChart(title);
        for (String name : columns) {
            chart.line(name.replace('_', ' '), column(steps, 0), values(steps, name));
        }
        return chart.svg();
    }

    private static String chart(String title, List<double[]> steps, String name, double[] smoothed) {
        return new CurveChart(title)
                .line(name, column(steps, 0), values(steps, name))
                .line("mean of 20", column(steps, 0), smoothed)
                .svg();
    }

    private static double[] smooth(List<double[]> steps, String name) {
        double[] values = values(steps, name);
        double[] means = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int from = Math.max(0, i - 19);
            double sum = 0;
            for (int j = from; j <= i; j++) {
                sum += values[j];
            }
            means[i] = sum / (i - from + 1);
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
