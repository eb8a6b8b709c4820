package io.github.deqa4j.report;

import io.github.deqa4j.metric.Comparison;
import io.github.deqa4j.metric.Comparison.Difference;
import io.github.deqa4j.metric.Interval;
import io.github.deqa4j.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Comparisons as rows: one for each metric. */
final class ComparisonGrids {
    private ComparisonGrids() {}

    /** Rounded figures. */
    static Grid forPeople(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        comparison.differences().forEach((metric, difference) -> rows.add(forPeople(metric, difference)));
        return new Grid(List.of("metric", "A", "B", "B − A", "from", "to", "p", "better"), rows);
    }

    /** All digits. */
    static Grid forPrograms(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        comparison.differences().forEach((metric, difference) -> rows.add(forPrograms(metric, difference)));
        return new Grid(List.of("metric", "a", "b", "difference", "low", "high", "p"), rows);
    }

    /** What was compared and how, in one line. */
    static String caption(Comparison comparison) {
        return "A: " + comparison.nameA() + ", B: " + comparison.nameB() + "; " + comparison.images()
                + " images; paired, "
                + EvaluationGrids.intervals(
                        comparison.settings(),
                        comparison.references().isPresent()
                                ? EvaluationGrids.ofReferences(
                                        Integer.toString(comparison.references().getAsInt()))
                                : "");
    }

    private static List<String> forPeople(Metric metric, Difference difference) {
        return List.of(
                metric.label(),
                Figures.text(difference.a()),
                Figures.text(difference.b()),
                Figures.signed(difference.value()),
                difference.interval().map(Interval::low).map(Figures::signed).orElse(Figures.none()),
                difference.interval().map(Interval::high).map(Figures::signed).orElse(Figures.none()),
                Double.isNaN(difference.pValue())
                        ? Figures.none()
                        : String.format(Locale.ROOT, "%.4f", difference.pValue()),
                better(metric, difference));
    }

    /** The better one where the interval leaves no doubt. */
    private static String better(Metric metric, Difference difference) {
        if (difference.interval().isEmpty()) {
            return "";
        }
        Interval interval = difference.interval().get();
        boolean larger = interval.low() > 0;
        boolean smaller = interval.high() < 0;
        if (!larger && !smaller) {
            return "";
        }
        return larger == metric.largerIsBetter() ? "B" : "A";
    }

    private static List<String> forPrograms(Metric metric, Difference difference) {
        return List.of(
                metric.key(),
                Figures.exact(difference.a()),
                Figures.exact(difference.b()),
                Figures.exact(difference.value()),
                difference.interval().map(Interval::low).map(Figures::exact).orElse(""),
                difference.interval().map(Interval::high).map(Figures::exact).orElse(""),
                Figures.exact(difference.pValue()));
    }
}
