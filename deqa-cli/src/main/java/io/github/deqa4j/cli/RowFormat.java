package io.github.deqa4j.cli;

import java.util.List;

/** How rows are printed: something before them, each row, something between, something after. */
interface RowFormat {
    /** Printed before the first row. */
    String header();

    /** A row, without its end of line. */
    String row(ScoreRow row);

    /** Printed between rows. */
    default String separator() {
        return "\n";
    }

    /** Printed after the last row. */
    String footer(boolean anyRow);

    /** The formats by name. */
    enum Name {
        TABLE,
        JSON,
        JSONL,
        CSV;

        RowFormat format(TableLayout layout) {
            return switch (this) {
                case TABLE -> new TableFormat(layout);
                case JSON -> new JsonArrayFormat();
                case JSONL -> new JsonLinesFormat();
                case CSV -> new CsvFormat();
            };
        }
    }

    /**
     * The room a table has.
     *
     * @param pathColumns characters for the path
     */
    record TableLayout(int pathColumns) {
        private static final int LEAST = 12;

        /** A table whose lines fit a screen, or, where nobody looks, whose paths are whole. */
        static TableLayout of(List<String> paths, boolean screen, int columns) {
            int longest = paths.stream().mapToInt(String::length).max().orElse(0);
            int wanted = Math.max(LEAST, longest);
            int room = Math.max(LEAST, columns - TableFormat.NUMBER_COLUMNS);
            return new TableLayout(screen ? Math.min(wanted, room) : wanted);
        }
    }
}
