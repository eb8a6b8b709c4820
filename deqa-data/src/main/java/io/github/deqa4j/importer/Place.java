package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import java.nio.file.Path;

/**
 * A place in a file, for messages.
 *
 * @param where such as {@code line 12}
 */
record Place(Path file, String where) {
    static Place line(Path file, long line) {
        return new Place(file, "line " + line);
    }

    InvalidDataException error(String problem) {
        return new InvalidDataException(file, where + ": " + problem);
    }
}
