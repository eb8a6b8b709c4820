package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import java.nio.file.Path;

/**
 * A location in a file, for messages.
 *
 * @param where such as {@code line 12}
 */
record Location(Path file, String where) {
    static Location line(Path file, long line) {
        return new Location(file, "line " + line);
    }

    /**
     * A table to read with other settings.
     *
     * @param separator as {@link TableFormatException#separator} gives it, or the zero character
     */
    TableFormatException formatError(String problem, char separator, boolean decimalComma) {
        return new TableFormatException(file + ": " + where + ": " + problem, separator, decimalComma);
    }

    InvalidDataException error(String problem) {
        return new InvalidDataException(file, where + ": " + problem);
    }
}
