package io.github.deqa4j.dataset;

import io.github.deqa4j.file.Utf8Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Text files of one entry a line. */
public final class TextLines {
    private TextLines() {}

    /**
     * The lines of a file in UTF-8, ended by any of LF, CR LF and CR.
     *
     * @throws InvalidDataException if the file is missing or in another encoding
     */
    public static List<String> read(Path file) {
        try (BufferedReader text = Utf8Text.open(file)) {
            return text.lines().toList();
        } catch (UncheckedIOException | IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }
}
