package io.github.deqa4j.dataset;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Utf8Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
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

    /** Says why a file cannot be read as UTF-8. */
    public static InvalidDataException unreadable(Path file, Exception e) {
        boolean encoding = e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException;
        if (!encoding) {
            return unreadable(file);
        }
        return new InvalidDataException(
                file,
                "the file is in " + (isUtf16(file) ? "UTF-16" : "another encoding than UTF-8") + "; save it as UTF-8");
    }

    private static boolean isUtf16(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return Utf8Text.isUtf16(bytes.readNBytes(2));
        } catch (IOException e) {
            return false;
        }
    }

    /** Names the file that an error is about. */
    public InvalidDataException(Path file, DeqaException problem) {
        super(file + ": " + problem.getMessage(), problem);
    }
}
