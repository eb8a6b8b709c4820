package io.github.deqa4j.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Comma-separated values (RFC 4180, lines ended by a line feed), written by Commons CSV. */
public final class Csv {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    /** What a spreadsheet takes for the start of a formula, or drops before it looks for one. */
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+([eE][+-]?[0-9]+)?|-");

    private Csv() {}

    /**
     * The text with an apostrophe before it where a spreadsheet would compute it as a formula. Names of files and of data
     * sets may come from strangers.
     */
    public static String guarded(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }

    /** Values with commas between them, in quotes where they need them; without the line's end. */
    public static String line(List<String> values) {
        StringBuilder line = new StringBuilder();
        try {
            for (String value : values) {
                // as the first of a record, Commons CSV would put every name that starts beyond ASCII in quotes
                FORMAT.print(value, line, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory does not fail
        }
        return line.substring(1); // a comma is printed before each value
    }

    /** A table with its head. Numbers keep their sign; other texts are guarded. */
    static String write(TextTable table) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            printer.printRecord(table.head());
            for (List<String> row : table.rows()) {
                printer.printRecord(row.stream().map(Csv::guardedUnlessNumber).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory does not fail
        }
        return text.toString();
    }

    private static String guardedUnlessNumber(String cell) {
        return NUMBER.matcher(cell).matches() ? cell : guarded(cell);
    }
}
