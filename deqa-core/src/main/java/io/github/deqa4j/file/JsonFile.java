package io.github.deqa4j.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.DeqaException;
import java.nio.file.Path;

/** JSON files for people to read. */
public final class JsonFile {
    private static final JsonMapper JSON = new JsonMapper();

    private JsonFile() {}

    /**
     * Writes a value whole, indented.
     *
     * @param value maps, lists, records and plain values
     * @throws DeqaException if the file cannot be written
     */
    public static void write(Path target, Object value) {
        try {
            AtomicFile.write(target, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
