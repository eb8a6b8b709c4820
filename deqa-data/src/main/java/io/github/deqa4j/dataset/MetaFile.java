package io.github.deqa4j.dataset;

import io.github.deqa4j.file.Excerpt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A training or test file in the layout of Data-DeQA-Score.
 *
 * @param rows in the order of the file, ids unique
 * @param warnings about values that were read as absent, one sentence each
 */
public record MetaFile(List<MetaRow> rows, List<String> warnings) {
    private static final String WANTED = "a training or test file";

    public MetaFile {
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }

    /** Rows to write. */
    public static MetaFile of(List<MetaRow> rows) {
        return new MetaFile(rows, List.of());
    }

    /**
     * Reads a file. Keys that are not known are passed over. A NaN is read as absent, with a warning.
     *
     * @throws InvalidDataException if the file is missing, not an array of such rows, empty, or an id occurs twice
     */
    public static MetaFile read(Path file) {
        List<MetaRow> rows = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        JsonReading.elements(file, WANTED, entry -> {
            MetaRow row = MetaRows.read(entry, warnings);
            if (!ids.add(row.id())) {
                throw entry.problem(
                        "has the id " + Excerpt.quoted(row.id()) + ", which an earlier row has; ids must be unique");
            }
            rows.add(row);
        });
        if (rows.isEmpty()) {
            throw new InvalidDataException(file, "the file has no rows");
        }
        return new MetaFile(rows, warnings);
    }

    /** Writes the file with the authors' order of keys, indent of 4 and digits. An absent value is written as null. */
    public void write(Path target) {
        PythonJson.writeFile(target, json -> {
            json.writeStartArray();
            for (MetaRow row : rows) {
                MetaRows.write(json, row);
            }
            json.writeEndArray();
        });
    }
}
