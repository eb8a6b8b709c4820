package io.github.deqa4j.dataset;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.LastLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Adds rows to a file of results, one at a time, so that a run that was interrupted can go on. The start of a
 * row without its end, which an interrupted run may leave, is cut off when the file is opened.
 */
public final class ResultAppender implements AutoCloseable {
    private static final String START = "{\"id\": ";

    private final Path file;
    private final Set<String> ids = new HashSet<>();
    private final BufferedWriter writer;

    /**
     * Opens a file, or makes it.
     *
     * @throws DeqaException if the file cannot be written, or holds something other than results
     */
    public ResultAppender(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                LastLine.mend(file, START, line -> isRow(file, line));
                keep(file);
            }
            writer = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Whether the file has a row of this id already. */
    public boolean has(String id) {
        return ids.contains(id);
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
            writer.write(ResultFile.line(row) + "\n");
            writer.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void keep(Path existing) throws IOException {
        if (Files.size(existing) > 0) {
            ResultFile.read(existing).rows().forEach(row -> ids.add(row.id()));
        }
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
        return new DeqaException(file + ": writing failed (" + e.getMessage() + "); free some space and run again", e);
    }
}
