package io.github.deqa4j.cli;

import io.github.deqa4j.score.Level;
import java.util.Locale;
import java.util.stream.Collectors;

/** Comma-separated values with a header (RFC 4180, lines ended by a line feed); the last column says why a score is missing. */
final class CsvFormat implements RowFormat {
    /** What a spreadsheet takes for the start of a formula, or drops before it looks for one. */
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private static final String WORDS = Level.ALL.stream().map(Level::word).collect(Collectors.joining(","));

    private final boolean verbatim;

    /** @param verbatim whether texts stay as they are that a spreadsheet would compute; otherwise an apostrophe goes before */
    CsvFormat(boolean verbatim) {
        this.verbatim = verbatim;
    }

    @Override
    public String header() {
        return "path,score,std," + WORDS + ",width,height,ms,error\n";
    }

    @Override
    public String row(ScoreRow row) {
        if (row.failed()) {
            return text(row.path()) + ",".repeat(6 + Level.ALL.size()) + text(row.reason());
        }
        String probabilities = Level.ALL.stream()
                .map(level -> Double.toString(row.probabilities().get(level)))
                .collect(Collectors.joining(","));
        return text(row.path()) + "," + row.score().score() + "," + row.score().std() + "," + probabilities + ","
                + row.width() + "," + row.height() + "," + String.format(Locale.ROOT, "%.1f", row.ms()) + ",";
    }

    @Override
    public String footer(boolean anyRow) {
        return anyRow ? "\n" : "";
    }

    private String text(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return quote(formula && !verbatim ? "'" + text : text);
    }

    private static String quote(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
