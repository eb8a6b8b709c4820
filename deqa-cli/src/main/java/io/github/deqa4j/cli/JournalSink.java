package io.github.deqa4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.file.TornLineRepair;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * JSON lines that survive an interruption. Rows are added one by one to {@code FILE.part}; at the end the file itself is
 * written, in the order of the images, and moved into place. A resumed run keeps every scored row of both files; rows
 * of images that it was not asked for come first.
 */
final class JournalSink implements RowSink {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PART = ".part";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String START = "{\"path\":";

    private final Path target;
    private final Path part;
    private final List<String> order;
    private final Map<String, String> rows = new LinkedHashMap<>();
    private final Set<String> earlier = new HashSet<>(); // images that have a score already
    private final RowIdentity identity;
    private final JsonLinesFormat format;
    private final BufferedWriter writer;

    /**
     * Opens the files.
     *
     * @param target the file to write
     * @param order the images of this run
     * @param resume whether to keep the rows that are there
     * @param identity what the rows of this run have in common
     * @throws DeqaException if the files cannot be written, hold something else or another model's scores, or an interrupted
     *     run would be lost
     */
    JournalSink(Path target, List<String> order, boolean resume, RowIdentity identity) {
        AtomicFile.requirePossible(target);
        this.target = target;
        this.order = order;
        this.identity = identity;
        format = new JsonLinesFormat(identity.line(), identity.view());
        part = target.resolveSibling(target.getFileName() + PART);
        if (resume) {
            read(target);
            mendPart();
            read(part);
        } else if (Files.exists(part)) {
            throw CommandException.usage(
                    part
                            + ": this is left from an interrupted run; add --resume to continue it, or delete it to start anew");
        }
        try {
            writer = Files.newBufferedWriter(
                    part, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean has(String path) {
        return earlier.contains(path);
    }

    @Override
    public void accept(ScoreRow row) {
        String line = format.row(row);
        rows.put(row.path(), line);
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public int finish() {
        Set<String> asked = new HashSet<>(order);
        List<String> lines = new ArrayList<>();
        rows.forEach((path, line) -> {
            if (!asked.contains(path)) {
                lines.add(line);
            }
        });
        order.forEach(path -> lines.add(rows.get(path)));
        AtomicFile.write(target, lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
        close();
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw failed(e);
        }
        return lines.size();
    }

    @Override
    public String stop() {
        return rows.isEmpty()
                ? "nothing was written; run the command again"
                : "run the command again with --resume to go on; the scores so far are in " + part;
    }

    @Override
    public void close() {
        try {
            writer.close();
            if (Files.exists(part)
                    && Files.size(part) == 0) { // the run ended before its first row: nothing to go on from
                Files.delete(part);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void mendPart() {
        try {
            if (Files.exists(part)) {
                TornLineRepair.mend(part, START, line -> isRow(json(line)));
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void read(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            keep(file, i + 1, lines.get(i));
        }
    }

    private void keep(Path file, int number, String line) {
        JsonNode row = json(line);
        if (!isRow(row)) {
            throw new DeqaException(file + ": line " + number
                    + " is not a row of deqa score, so this file cannot be continued; choose another --output");
        }
        if (row.path("score").isNumber()) {
            String path = row.path("path").asText();
            SameModel.require(file, path, Optional.ofNullable(row.path("model").textValue()), identity);
            rows.put(path, line);
            earlier.add(path);
        }
    }

    private static boolean isRow(JsonNode row) {
        return row.path("path").isTextual() && (row.has("score") || row.has("error"));
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(line -> line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line)
                    .toList();
        } catch (MalformedInputException e) {
            throw new DeqaException(
                    file + ": this is not UTF-8 text, so it cannot be continued; choose another --output", e);
        } catch (IOException e) {
            throw new DeqaException(file + ": this file cannot be read, so it cannot be continued", e);
        }
    }

    private DeqaException failed(IOException e) {
        return new DeqaException(
                part + ": writing failed (" + e.getMessage() + "); free some space and continue with --resume", e);
    }
}
