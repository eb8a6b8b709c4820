package io.github.deqa4j.train.report;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** A CSV file with one row of numbers for each step. A row is written at once. Times are left out, so that equal runs have equal logs. */
public final class CsvLog implements AutoCloseable {
    private static final String STEP = "step";

    private final Path file;
    private final BufferedWriter writer;

    /**
     * Opens a log.
     *
     * @param columns names of the numbers after the step
     * @param keptSteps rows up to this step are kept when a run is resumed
     * @throws DeqaException if the file cannot be written
     */
    public CsvLog(Path file, List<String> columns, int keptSteps) {
        this.file = file;
        String header = STEP + "," + String.join(",", columns);
        List<String> kept = new ArrayList<>(List.of(header));
        if (keptSteps > 0 && Files.exists(file)) {
            lines(file).stream()
                    .skip(1)
                    .filter(line -> isWhole(line, columns.size()) && step(line) <= keptSteps)
                    .forEach(kept::add);
        }
        AtomicFile.write(file, String.join("\n", kept) + "\n");
        try {
            writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Adds a row. */
    public void append(int step, double... values) {
        String row =
                step + "," + DoubleStream.of(values).mapToObj(Double::toString).collect(Collectors.joining(","));
        try {
            writer.write(row + "\n");
            writer.flush();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** The rows of a log: the step, then the numbers; none if there is no file. */
    static List<double[]> read(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        return lines(file).stream()
                .skip(1)
                .map(line -> Stream.of(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** A row that was cut off by a kill has fewer numbers. Its step is done again. */
    private static boolean isWhole(String line, int columns) {
        String[] fields = line.split(",", -1);
        return fields.length == columns + 1 && fields[0].matches("\\d{1,9}");
    }

    private static int step(String line) {
        return Integer.parseInt(line.substring(0, line.indexOf(',')));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static DeqaException failed(Path file, IOException e) {
        return new DeqaException(file + ": the log cannot be read or written (" + e.getMessage() + ")", e);
    }
}
