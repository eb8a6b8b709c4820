package io.github.deqa4j.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How rows are printed: something before them, each row, something between, something after. */
interface RowFormat {
    /** Printed before the first row. */
    String header();

    /** A row, without its end of line. */
    String row(ScoreRow row);

    /** Printed together with a row, after it: what other streams print next begins on a new line. */
    default String end() {
        return "\n";
    }

    /** Printed before each row but the first. */
    default String separator() {
        return "";
    }

    /** Printed after the last row. */
    default String footer(boolean anyRow) {
        return "";
    }

    /** The formats by name. */
    enum Name {
        TABLE,
        JSON,
        JSONL,
        CSV;

        /** The format that the ending of a file's name asks for. */
        static Optional<Name> ofEnding(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(format -> format != TABLE && name.endsWith("." + format.word()))
                    .findFirst();
        }

        /** As users write it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether its rows say which model gave them. */
        boolean namesModel() {
            return this != TABLE;
        }
    }

    /**
     * The room a table has.
     *
     * @param pathColumns columns for the path
     */
    record TableLayout(int pathColumns) {
        private static final int LEAST = 12;

        /**
         * A table whose lines fit a screen, or, where nobody looks, whose paths are whole.
         *
         * @param columns those of the screen that the numbers leave
         */
        static TableLayout of(List<String> paths, boolean screen, int columns) {
            int longest = paths.stream()
                    .map(Printable::visible)
                    .mapToInt(Printable::columns)
                    .max()
                    .orElse(0);
            int wanted = Math.max(LEAST, longest);
            int room = Math.max(LEAST, columns);
            return new TableLayout(screen ? Math.min(wanted, room) : wanted);
        }
    }
}
