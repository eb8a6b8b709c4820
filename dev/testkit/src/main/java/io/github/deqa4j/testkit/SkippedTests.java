package io.github.deqa4j.testkit;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts the tests of a module that are skipped because something is missing: an environment variable or a program.
 *
 * <p>Each run of a module's tests leaves its counts in {@code target/skipped-tests}, a line {@code NAME COUNT} for each
 * thing that is missing. The last module, dev/checks, prints their sums.
 */
public final class SkippedTests implements TestExecutionListener {
    private static final String FILE = "target/skipped-tests";

    private final Map<String, Integer> counts = new TreeMap<>();

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getThrowable().orElse(null) instanceof MissingPrerequisiteException missing) {
            counts.merge(missing.prerequisite(), 1, Integer::sum);
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        write(Path.of("").toAbsolutePath(), counts);
    }

    static void write(Path module, Map<String, Integer> counts) {
        Path file = module.resolve(FILE);
        try {
            if (counts.isEmpty()) {
                Files.deleteIfExists(file);
            } else if (Files.isDirectory(module.resolve("target"))) { // not where an IDE runs the tests elsewhere
                Files.writeString(
                        file,
                        counts.entrySet().stream()
                                .map(count -> count.getKey() + " " + count.getValue() + "\n")
                                .collect(joining()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How many tests were skipped for each thing that is missing.
     *
     * @param modules the folders of the modules that were tested
     */
    public static Map<String, Integer> sum(List<Path> modules) {
        Map<String, Integer> sums = new TreeMap<>();
        modules.stream()
                .map(module -> module.resolve(FILE))
                .filter(Files::exists)
                .forEach(file -> {
                    try (Stream<String> lines = Files.lines(file)) {
                        lines.map(line -> line.split(" "))
                                .forEach(words -> sums.merge(words[0], Integer.valueOf(words[1]), Integer::sum));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        return sums;
    }
}
