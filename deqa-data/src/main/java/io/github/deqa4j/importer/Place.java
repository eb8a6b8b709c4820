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
    private static final int LONGEST_REASON = 200;

    static Place line(Path file, long line) {
        return new Place(file, "line " + line);
    }

    InvalidDataException error(String problem) {
        return new InvalidDataException(file, where + ": " + problem);
    }

    /** What a library says of a file, in one line. */
    static String reason(Exception e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return message.length() <= LONGEST_REASON ? message : message.substring(0, LONGEST_REASON - 1) + "…";
    }

    /** A text from a file in quotes, shortened, a tab as \\t, with nothing in it that could disturb a terminal. */
    static String quote(String text) {
        String clean = text.replace("\t", "\\t").replaceAll("\\p{Cntrl}", "\uFFFD");
        return '"' + (clean.length() <= LONGEST_SHOWN ? clean : clean.substring(0, LONGEST_SHOWN - 1) + "…") + '"';
    }
}
