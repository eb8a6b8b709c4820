package io.github.deqa4j.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.file.Utf8Text;
import io.github.deqa4j.score.Level;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Results of a run as JSON lines, {@code {"id", "image", "gt_score", "logits": {level: x}, "probs": {level: x}, "model"}}.
 *
 * @param rows in the order of the file, ids unique
 */
public record ResultFile(List<ResultRow> rows) {
    public ResultFile {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file; empty lines are passed over.
     *
     * @throws InvalidDataException if the file is missing, empty or not UTF-8, or a line is no such row, lacks a level, has
     *     a number that is not finite, or the id of an earlier line; the line is named
     */
    public static ResultFile read(Path file) {
        List<ResultRow> rows = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        try (BufferedReader reader = Utf8Text.open(file)) {
            int number = 1;
            for (String line = reader.readLine(); line != null; number++) {
                String next = reader.readLine();
                if (!line.isBlank()) {
                    rows.add(unique(entry(file, number, line, next == null), ids));
                }
                line = next;
            }
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
        if (rows.isEmpty()) {
            throw new InvalidDataException(file, "the file has no rows");
        }
        return new ResultFile(rows);
    }

    private static JsonEntry entry(Path file, int number, String line, boolean last) {
        String start = line.strip();
        if (start.startsWith("[") || start.equals("{")) {
            throw new InvalidDataException(
                    file,
                    "line " + number + " is the start of a JSON "
                            + (start.equals("{") ? "object over several lines" : "array")
                            + "; wanted are results, a JSON object on each line");
        }
        return JsonReading.line(
                file, number, line, last ? "; its last line was cut short, so continue the run that wrote it" : "");
    }

    private static ResultRow unique(JsonEntry entry, Set<String> ids) {
        ResultRow row = row(entry);
        if (!ids.add(row.id())) {
            throw entry.problem(
                    "has the id " + Excerpt.quoted(row.id()) + ", which an earlier line has; ids must be unique");
        }
        return row;
    }

    /** A line as a row. */
    static ResultRow row(JsonEntry entry) {
        return new ResultRow(
                entry.text("id"),
                entry.text("image"),
                entry.has("gt_score") ? OptionalDouble.of(entry.number("gt_score")) : OptionalDouble.empty(),
                entry.levelObject("logits"),
                entry.optionalLevelObject("probs"),
                Optional.ofNullable(entry.node().path("model").textValue()));
    }

    /** A row as a line, without the newline. */
    static String line(ResultRow row) {
        return PythonJson.line(json -> {
            json.writeStartObject();
            json.writeStringField("id", row.id());
            json.writeStringField("image", row.image());
            if (row.gtScore().isPresent()) {
                PythonJson.number(json, "gt_score", row.gtScore());
            }
            writeLevels(json, "logits", row.logits());
            Optional<LevelValues> probabilities = row.probabilities();
            if (probabilities.isPresent()) {
                writeLevels(json, "probs", probabilities.get());
            }
            if (row.model().isPresent()) {
                json.writeStringField("model", row.model().get());
            }
            json.writeEndObject();
        });
    }

    private static void writeLevels(JsonGenerator json, String key, LevelValues values) throws IOException {
        json.writeObjectFieldStart(key);
        for (Level level : Level.ALL) {
            PythonJson.number(json, level.word(), values.get(level));
        }
        json.writeEndObject();
    }
}
