package io.github.deqa4j.dataset;

import io.github.deqa4j.DeqaException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of a data set that cannot be used; the message names the file, the place in it and the value found. */
public final class InvalidDataException extends DeqaException {
    private static final long serialVersionUID = 1L;

    /** Joins the file's name and a problem. */
    public InvalidDataException(Path file, String problem) {
        super(file + ": " + problem);
    }

    /** Says why a file cannot be opened. */
    public static InvalidDataException unreadable(Path file) {
        return new InvalidDataException(
                file,
                Files.isDirectory(file)
                        ? "this is a folder; name a file"
                        : Files.exists(file)
                                ? "the file cannot be read; check its permissions"
                                : "there is no such file");
    }

    /** Names the file that an error is about. */
    public InvalidDataException(Path file, DeqaException problem) {
        super(file + ": " + problem.getMessage(), problem);
    }
}
