package io.github.deqa4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.ScoreInterval;
import java.util.List;

/**
 * One JSON object a line: {@code {"path","score","std","score_interval","unfamiliar","unfamiliarity","faults","probabilities","width","height",
 * "ms","model"}} or {@code {"path","error"}}. Where the model does not tell how far its scores can be relied on, the three after "std" are
 * absent; where it does not tell faults, "faults" is.
 */
final class JsonLinesFormat implements RowFormat {
    private static final JsonMapper JSON = new JsonMapper();
    private static final double MS_STEPS = 10;

    private final String model;

    /** @param model the identity of what gives the scores */
    JsonLinesFormat(String model) {
        this.model = model;
    }

    @Override
    public String header() {
        return "";
    }

    @Override
    public String row(ScoreRow row) {
        ObjectNode node = JSON.createObjectNode().put("path", row.path());
        if (row.failed()) {
            return text(node.put("error", row.reason()));
        }
        node.put("score", row.score().score()).put("std", row.score().std());
        row.score().reliability().ifPresent(reliability -> put(node, reliability));
        row.score().faults().ifPresent(faults -> put(node.putArray("faults"), faults));
        ObjectNode probabilities = node.putObject("probabilities");
        Level.ALL.forEach(
                level -> probabilities.put(level.word(), row.probabilities().get(level)));
        return text(node.put("width", row.width())
                .put("height", row.height())
                .put("ms", Math.rint(row.ms() * MS_STEPS) / MS_STEPS)
                .put("model", model));
    }

    private static void put(ObjectNode node, Reliability reliability) {
        ScoreInterval interval = reliability.interval();
        node.putArray("score_interval").add(interval.low()).add(interval.high());
        node.put("unfamiliar", reliability.unfamiliar()).put("unfamiliarity", reliability.unfamiliarity());
    }

    private static void put(ArrayNode array, List<Fault> faults) {
        faults.forEach(fault ->
                array.addObject().put("kind", fault.kind().toString()).put("strength", fault.strength()));
    }

    private static String text(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
