package io.github.deqa4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.ScoreInterval;
import io.github.deqa4j.score.Tile;
import io.github.deqa4j.score.View;
import java.util.List;

/**
 * One JSON object a line: {@code {"path","score","std","score_interval","unfamiliar","unfamiliarity","faults","probabilities","width","height",
 * "ms","model"}} or {@code {"path","error"}}. Where the model does not tell how far its scores can be relied on, the three after "std" are
 * absent; where it does not tell faults, "faults" is. Where tiles are scored, {@code "view"} and {@code "detail"} come after the probabilities.
 */
final class JsonLinesFormat implements RowFormat {
    private static final JsonMapper JSON = new JsonMapper();
    private static final double MS_STEPS = 10;

    private final String model;
    private final View view;

    /**
     * A format.
     *
     * @param model the identity of what gives the scores
     * @param view how images are scored
     */
    JsonLinesFormat(String model, View view) {
        this.model = model;
        this.view = view;
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
        row.detail().ifPresent(detail -> put(detail, node.put("view", view.toString())));
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
        faults.forEach(
                fault -> array.addObject().put("kind", fault.kind().toString()).put("strength", fault.strength()));
    }

    private static void put(DetailScore detail, ObjectNode row) {
        ObjectNode node = row.putObject("detail")
                .put("score", detail.quality().score())
                .put("std", detail.quality().std());
        Tile worst = detail.worst();
        node.putObject("worst")
                .put("score", worst.quality().score())
                .put("x", worst.x())
                .put("y", worst.y())
                .put("width", worst.width())
                .put("height", worst.height());
        node.put("tiles", detail.tiles().size()).put("places", detail.places()).put("flat", detail.flat());
    }

    private static String text(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
