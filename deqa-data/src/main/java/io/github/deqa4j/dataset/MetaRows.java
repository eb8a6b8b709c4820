package io.github.deqa4j.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.deqa4j.dataset.MetaRow.Label;
import io.github.deqa4j.dataset.MetaRow.TaskType;
import io.github.deqa4j.dataset.MetaRow.Truth;
import io.github.deqa4j.dataset.MetaRow.Turn;
import io.github.deqa4j.score.Level;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@link MetaRow} as JSON. */
final class MetaRows {
    private static final String RAW = "level_probs_org";
    private static final String PROBABILITIES = "level_probs";
    private static final String CONVERSATION = "conversations";

    private MetaRows() {}

    static MetaRow read(JsonEntry entry, List<String> warnings) {
        String id = entry.text("id");
        if (entry.hasNaN(RAW) || entry.hasNaN("std") || entry.hasNaN("std_norm")) {
            warnings.add(entry.file() + ": " + entry.where() + " (\"" + id + "\") holds NaN, which is read as absent");
        }
        return entry.build(() -> new MetaRow(
                id,
                entry.text("image"),
                taskType(entry),
                entry.has("gt_score") ? Optional.of(truth(entry)) : Optional.empty(),
                entry.has(PROBABILITIES) ? Optional.of(label(entry)) : Optional.empty(),
                entry.has(CONVERSATION)
                        ? entry.child(CONVERSATION).elements().stream()
                                .map(turn -> new Turn(turn.text("from"), turn.text("value")))
                                .toList()
                        : List.of()));
    }

    static void write(JsonGenerator json, MetaRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", row.id());
        json.writeStringField("image", row.image());
        if (row.taskType() != TaskType.SCORE) {
            json.writeStringField("task_type", row.taskType().word());
        }
        if (row.truth().isPresent()) {
            writeScore(json, row.truth().get());
        }
        if (row.label().isPresent()) {
            writeLabel(json, row.label().get());
        }
        if (row.truth().isPresent()) {
            PythonJson.number(json, "std", row.truth().get().std());
            PythonJson.number(json, "std_norm", row.truth().get().stdNorm());
        }
        if (!row.conversation().isEmpty()) {
            writeConversation(json, row.conversation());
        }
        json.writeEndObject();
    }

    private static TaskType taskType(JsonEntry entry) {
        if (!entry.has("task_type")) {
            return TaskType.SCORE;
        }
        String word = entry.text("task_type");
        for (TaskType type : TaskType.values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        throw entry.problem("has \"" + word + "\" for \"task_type\"; it must be \"score\" or \"description\"");
    }

    private static Truth truth(JsonEntry entry) {
        return new Truth(
                entry.number("gt_score"), entry.number("gt_score_norm"), entry.spread("std"), entry.spread("std_norm"));
    }

    private static Label label(JsonEntry entry) {
        return new Label(
                entry.isVoid(RAW) ? Optional.empty() : Optional.of(entry.levelArray(RAW)),
                entry.levelArray(PROBABILITIES));
    }

    private static void writeScore(JsonGenerator json, Truth truth) throws IOException {
        PythonJson.number(json, "gt_score", truth.score());
        PythonJson.number(json, "gt_score_norm", truth.scoreNorm());
    }

    private static void writeLabel(JsonGenerator json, Label label) throws IOException {
        json.writeArrayFieldStart(RAW);
        for (Level level : Level.ALL) {
            if (label.raw().isPresent()) {
                json.writeNumber(ShortestDecimal.of(label.raw().get().get(level)));
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart(PROBABILITIES);
        for (Level level : Level.ALL) {
            double p = label.probabilities().get(level);
            json.writeNumber(p == 0 ? "0" : ShortestDecimal.of(p)); // the authors' max(p, 0) gives the integer
        }
        json.writeEndArray();
    }

    private static void writeConversation(JsonGenerator json, List<Turn> conversation) throws IOException {
        json.writeArrayFieldStart(CONVERSATION);
        for (Turn turn : conversation) {
            json.writeStartObject();
            json.writeStringField("from", turn.from());
            json.writeStringField("value", turn.value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
