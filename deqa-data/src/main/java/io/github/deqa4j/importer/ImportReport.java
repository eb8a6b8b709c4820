package io.github.deqa4j.importer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an import found.
 *
 * @param summary what was read, a line each
 * @param findings errors first, then warnings, then notes
 */
public record ImportReport(List<String> summary, List<Finding> findings) {
    /** Sorts the findings. */
    public ImportReport {
        summary = List.copyOf(summary);
        findings =
                findings.stream().sorted((a, b) -> a.kind().compareTo(b.kind())).toList();
    }

    /** Whether the data set cannot be used as it is. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.ERROR);
    }

    /** The report as lines of text, each ended. */
    public String text() {
        return summary.stream().map(line -> line + "\n").collect(Collectors.joining())
                + findings.stream()
                        .map(finding -> finding.kind().name().toLowerCase(Locale.ROOT) + ": " + finding.text() + "\n")
                        .collect(Collectors.joining());
    }
}
