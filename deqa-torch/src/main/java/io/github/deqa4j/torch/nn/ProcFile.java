package io.github.deqa4j.torch.nn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of Linux's {@code /proc} with lines of the form {@code name: value}. Elsewhere it has no lines.
 *
 * @param lines its lines
 */
public record ProcFile(List<String> lines) {
    private static final String UNIT = " kB";
    private static final long UNIT_BYTES = 1024;

    /** What Linux says about this process. */
    public static final Path STATUS = Path.of("/proc/self/status");

    /** What Linux says about the processors. */
    public static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    /** Copies the list. */
    public ProcFile {
        lines = List.copyOf(lines);
    }

    /** Reads a file; one that is not there or cannot be read has no lines. */
    public static ProcFile read(Path file) {
        try {
            return new ProcFile(Files.exists(file) ? Files.readAllLines(file) : List.of());
        } catch (IOException e) { // a container may forbid it
            return new ProcFile(List.of());
        }
    }

    /** The value of the first line of a name. */
    public Optional<String> value(String name) {
        return lines.stream()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equals(name))
                .map(parts -> parts[1].strip())
                .findFirst();
    }

    /** The value of a line of memory, in bytes. */
    public Optional<Long> bytes(String name) {
        return value(name)
                .filter(value -> value.endsWith(UNIT))
                .map(value -> UNIT_BYTES * Long.parseLong(value.substring(0, value.length() - UNIT.length())));
    }
}
