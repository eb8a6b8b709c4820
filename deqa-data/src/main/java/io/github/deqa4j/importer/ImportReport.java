package io.github.deqa4j.importer;

import io.github.deqa4j.file.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an import read, and what is wrong or unusual in it.
 *
 * @param summary what was read, a line each
 * @param diagnostics errors first, then warnings, then notes
 */
public record ImportReport(List<String> summary, List<Diagnostic> diagnostics) {
    /** Sorts the diagnostics. */
    public ImportReport {
        summary = List.copyOf(summary);
        diagnostics = diagnostics.stream()
                .sorted((a, b) -> a.severity().compareTo(b.severity()))
                .toList();
    }

    /**
     * Something to know about an import.
     *
     * @param severity how bad it is
     * @param text one sentence
     */
    public record Diagnostic(Severity severity, String text) {}

    /** How bad a diagnostic is. */
    public enum Severity {
        /** The data set cannot be used as it is, and nothing is written. */
        ERROR,
        WARNING,
        NOTE
    }

    /** Collects diagnostics. */
    static final class Builder {
        private static final int NAMES_SHOWN = 5;

        private final List<Diagnostic> diagnostics = new ArrayList<>();

        void error(String text) {
            diagnostics.add(new Diagnostic(Severity.ERROR, text));
        }

        void warn(String text) {
            diagnostics.add(new Diagnostic(Severity.WARNING, text));
        }

        void note(String text) {
            diagnostics.add(new Diagnostic(Severity.NOTE, text));
        }

        ImportReport build(List<String> summary) {
            return new ImportReport(summary, diagnostics);
        }

        /** The first of some names, in quotes. */
        static String some(List<String> names) {
            return names.stream().limit(NAMES_SHOWN).map(Excerpt::quoted).collect(Collectors.joining(", "))
                    + (names.size() > NAMES_SHOWN ? ", …" : "");
        }
    }

    /** Whether the data set cannot be used as it is. */
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
    }

    /** The report as lines of text, each ended. */
    public String text() {
        return summary.stream().map(line -> line + "\n").collect(Collectors.joining())
                + diagnostics.stream()
                        .map(diagnostic ->
                                diagnostic.severity().name().toLowerCase(Locale.ROOT) + ": " + diagnostic.text() + "\n")
                        .collect(Collectors.joining());
    }
}
