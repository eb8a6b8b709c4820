package io.github.deqa4j.cli;

import io.github.deqa4j.score.Level;
import java.util.Locale;
import java.util.stream.Collectors;

/** Comma-separated values with a header (RFC 4180, lines ended by a line feed); the last column says why a score is missing. */
final class CsvFormat implements RowFormat {
    private static final String WORDS = Level.ALL.stream().map(Level::word).collect(Collectors.joining(","));

    @Override
    public String header() {
        return "path,score,std," + WORDS + ",width,height,ms,error\n";
    }

    @Override
    public String row(ScoreRow row) {
        if (row.failed()) {
            return quote(row.path()) + ",".repeat(6 + Level.ALL.size()) + quote(row.reason());
        }
        String probabilities = Level.ALL.stream()
                .map(level -> Double.toString(row.probabilities().of(level)))
                .collect(Collectors.joining(","));
        return quote(row.path()) + "," + row.score().score() + "," + row.score().std() + "," + probabilities + ","
                + row.width() + "," + row.height() + "," + String.format(Locale.ROOT, "%.1f", row.ms()) + ",";
    }

    @Override
    public String footer(boolean anyRow) {
        return anyRow ? "\n" : "";
    }

    private static String quote(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
