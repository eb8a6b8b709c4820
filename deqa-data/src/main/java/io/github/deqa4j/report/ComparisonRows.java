package io.github.deqa4j.report;

import io.github.deqa4j.metric.Comparison;
import io.github.deqa4j.metric.Comparison.Difference;
import io.github.deqa4j.metric.Estimate.Interval;
import io.github.deqa4j.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Comparisons as rows: one for each metric. */
final class ComparisonRows {
    private ComparisonRows() {}

    /** Rounded figures. */
    static TextTable forPeople(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        comparison.differences().forEach((metric, difference) -> rows.add(forPeople(metric, difference)));
        return new TextTable(List.of("metric", "A", "B", "B − A", "from", "to", "p", "better"), rows);
    }

    /** All digits, and the models where one is known. */
    static TextTable forPrograms(Comparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("metric", "a", "b", "difference", "low", "high", "p"));
        List<String> models = modelsForPrograms(comparison);
        head.addAll(models.isEmpty() ? List.of() : List.of("model_a", "model_b"));
        comparison.differences().forEach((metric, difference) -> {
            List<String> row = new ArrayList<>(forPrograms(metric, difference));
            row.addAll(models);
            rows.add(row);
        });
        return new TextTable(head, rows);
    }

    /** The models of both, which is empty where it is not known; nothing where neither is. */
    private static List<String> modelsForPrograms(Comparison comparison) {
        Optional<String> a = comparison.a().model();
        Optional<String> b = comparison.b().model();
        return a.isEmpty() && b.isEmpty() ? List.of() : List.of(a.orElse(""), b.orElse(""));
    }

    /** The models that gave the results, a line for each that is known. */
    static List<String> models(Comparison comparison) {
        return Stream.of(
                        comparison.a().model().map(model -> "A: " + model),
                        comparison.b().model().map(model -> "B: " + model))
                .flatMap(Optional::stream)
                .toList();
    }

    /** What was compared and how, in one line. */
    static String caption(Comparison comparison) {
        return "A: " + comparison.a().name() + ", B: " + comparison.b().name() + "; " + comparison.images()
                + " images; paired, "
                + EvaluationRows.intervals(
                        comparison.settings(),
                        comparison.references().isPresent()
                                ? EvaluationRows.ofReferences(
                                        Integer.toString(comparison.references().getAsInt()))
                                : "");
    }

    private static List<String> forPeople(Metric metric, Difference difference) {
        return List.of(
                metric.label(),
                NumberText.text(difference.a()),
                NumberText.text(difference.b()),
                NumberText.signed(difference.value()),
                difference.interval().map(Interval::low).map(NumberText::signed).orElse(NumberText.none()),
                difference
                        .interval()
                        .map(Interval::high)
                        .map(NumberText::signed)
                        .orElse(NumberText.none()),
                Double.isNaN(difference.pValue())
                        ? NumberText.none()
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
                NumberText.exact(difference.a()),
                NumberText.exact(difference.b()),
                NumberText.exact(difference.value()),
                difference.interval().map(Interval::low).map(NumberText::exact).orElse(""),
                difference.interval().map(Interval::high).map(NumberText::exact).orElse(""),
                NumberText.exact(difference.pValue()));
    }
}
