package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import java.nio.file.Path;

/**
 * A place in a file, for messages.
 *
 * @param where such as {@code line 12}
 */
record Place(Path file, String where) {
    private static final int LONGEST_SHOWN = 60;

    static Place line(Path file, long line) {
        return new Place(file, "line " + line);
    }

    InvalidDataException error(String problem) {
        return new InvalidDataException(file, where + ": " + problem);
    }

    /** A text from a file in quotes, shortened, with nothing in it that could disturb a terminal. */
    static String quote(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return '"' + (clean.length() <= LONGEST_SHOWN ? clean : clean.substring(0, LONGEST_SHOWN - 1) + "…") + '"';
    }
}
