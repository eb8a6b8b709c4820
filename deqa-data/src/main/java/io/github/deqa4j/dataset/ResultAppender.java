package io.github.deqa4j.dataset;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.file.FileLock;
import io.github.deqa4j.file.TornLineRepair;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds rows to a file of results, one at a time, so that a run that was interrupted can go on. The start of a
 * row without its end, which an interrupted run may leave, is cut off when the file is opened.
 */
public final class ResultAppender implements AutoCloseable {
    private static final String START = "{\"id\": ";

    private final Path file;
    private final FileLock use;
    private final Map<String, ResultRow> kept = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();
    private @Nullable BufferedWriter writer;

    /**
     * Opens a file; it is made when the first row comes.
     *
     * @throws DeqaException if the file cannot be written, another run is writing to it, or it holds something other than
     *     results
     */
    public ResultAppender(Path file) {
        this.file = file;
        AtomicFile.requirePossible(file);
        use = FileLock.of(file);
        try {
            keepRows();
        } catch (DeqaException e) {
            use.close();
            throw e;
        }
    }

    /** The rows that were there when the file was opened, by id, in their order. */
    public Map<String, ResultRow> kept() {
        return Collections.unmodifiableMap(kept);
    }

    /**
     * Adds a row and hands it to the system at once.
     *
     * @throws DeqaException if the file has a row of this id, or writing fails
     */
    public void append(ResultRow row) {
        if (!ids.add(row.id())) {
            throw new InvalidDataException(file, "there is a row with the id \"" + row.id() + "\" already");
        }
        try {
            if (writer == null) {
                writer = Files.newBufferedWriter(
                        file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            writer.write(ResultFile.line(row) + "\n");
            writer.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try (use) {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void keepRows() {
        try {
            if (!Files.exists(file)) {
                return;
            }
            TornLineRepair.mend(file, START, line -> isRow(file, line));
            if (Files.size(file) > 0) {
                ResultFile.read(file).rows().forEach(row -> kept.put(row.id(), row));
            }
        } catch (IOException e) {
            throw failed(e);
        }
        ids.addAll(kept.keySet());
    }

    private static boolean isRow(Path file, String line) {
        try {
            ResultFile.row(JsonReading.line(file, 0, line));
            return true;
        } catch (InvalidDataException e) {
            return false;
        }
    }

    private DeqaException failed(IOException e) {
        return new DeqaException(
                file + ": writing failed (" + e.getMessage()
                        + "); see that there is space and that the file may be written to, then run again",
                e);
    }
}
