package io.github.deqa4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.score.View;
import io.github.deqa4j.score.json.ScoreJson;

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
        node.put("score", row.score().score());
        ScoreJson.put(node, row.score(), view, row.detail());
        return text(node.put("width", row.width())
                .put("height", row.height())
                .put("ms", Math.rint(row.ms() * MS_STEPS) / MS_STEPS)
                .put("model", model));
    }

    private static String text(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
