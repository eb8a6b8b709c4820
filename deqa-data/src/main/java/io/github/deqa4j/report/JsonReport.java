package io.github.deqa4j.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.metric.Comparison;
import io.github.deqa4j.metric.Estimate;
import io.github.deqa4j.metric.Estimate.Interval;
import io.github.deqa4j.metric.EvaluationReport;
import io.github.deqa4j.metric.EvaluationSettings;
import io.github.deqa4j.metric.EvaluationTable;
import io.github.deqa4j.metric.LogisticCurve;
import io.github.deqa4j.metric.LogisticFit;
import io.github.deqa4j.metric.Metric;
import io.github.deqa4j.metric.SpreadCalibration;
import java.util.Map;
import java.util.Optional;

/** Evaluations and comparisons as JSON; what is undefined is null. */
final class JsonReport {
    private static final JsonMapper JSON = new JsonMapper();

    private JsonReport() {}

    static String write(EvaluationTable table) {
        ObjectNode root = JSON.createObjectNode();
        root.set("settings", settings(table.settings()));
        table.reports().forEach(report -> root.withArray("data_sets").add(report(report)));
        table.mean().ifPresent(mean -> root.set("mean", report(mean)));
        table.warnings().forEach(root.putArray("warnings")::add);
        return text(root);
    }

    static String write(Comparison comparison) {
        ObjectNode root = JSON.createObjectNode();
        root.set("settings", settings(comparison.settings()));
        root.put("a", comparison.a().name());
        root.put("b", comparison.b().name());
        comparison.a().model().ifPresent(model -> root.put("model_a", model));
        comparison.b().model().ifPresent(model -> root.put("model_b", model));
        root.put("pictures", comparison.images());
        comparison.references().ifPresent(count -> root.put("references", count));
        ObjectNode metrics = root.putObject("metrics");
        comparison.differences().forEach((metric, difference) -> {
            ObjectNode node = metrics.putObject(metric.key());
            number(node, "a", difference.a());
            number(node, "b", difference.b());
            number(node, "difference", difference.value());
            interval(node, difference.interval());
            number(node, "p", difference.pValue());
        });
        comparison.warnings().forEach(root.putArray("warnings")::add);
        return text(root);
    }

    private static ObjectNode settings(EvaluationSettings settings) {
        ObjectNode node = JSON.createObjectNode();
        node.put("fit", settings.curve().map(LogisticCurve::key).orElse("none"));
        node.put("resamples", settings.resamples());
        node.put("confidence", settings.confidence());
        node.put("seed", settings.seed());
        return node;
    }

    private static ObjectNode report(EvaluationReport report) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", report.name());
        report.model().ifPresent(model -> node.put("model", model));
        node.put("pictures", report.images());
        report.references().ifPresent(count -> node.put("references", count));
        if (report.fit().isPresent()) {
            LogisticFit fit = report.fit().get();
            fit.parameters().forEach(node.putArray("fit_parameters")::add);
        }
        if (!Double.isNaN(report.bias())) {
            node.put("bias", report.bias());
        }
        report.spread().ifPresent(spread -> node.set("spread", spread(spread)));
        ObjectNode metrics = node.putObject("metrics");
        for (Map.Entry<Metric, Estimate> entry : report.estimates().entrySet()) {
            ObjectNode metric = metrics.putObject(entry.getKey().key());
            number(metric, "value", entry.getValue().value());
            interval(metric, entry.getValue().interval());
        }
        return node;
    }

    private static ObjectNode spread(SpreadCalibration spread) {
        ObjectNode node = JSON.createObjectNode();
        SpreadCalibration.SHARES.forEach(node.putArray("should_hold")::add);
        node.set("all", coverage(spread.all()));
        node.set("with_mean_std", coverage(spread.constant()));
        spread.thirds().forEach(third -> node.withArray("thirds").add(coverage(third)));
        return node;
    }

    private static ObjectNode coverage(SpreadCalibration.GroupCoverage group) {
        ObjectNode node = JSON.createObjectNode();
        node.put("pictures", group.spread().images());
        node.put("predicted_std", group.spread().predicted());
        node.put("rating_std", group.spread().actual());
        group.shares().forEach(node.putArray("holds")::add);
        return node;
    }

    private static void interval(ObjectNode node, Optional<Interval> interval) {
        if (interval.isPresent()) {
            number(node, "low", interval.get().low());
            number(node, "high", interval.get().high());
        }
    }

    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    private static String text(ObjectNode root) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
