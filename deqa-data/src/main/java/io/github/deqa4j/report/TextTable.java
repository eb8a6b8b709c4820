package io.github.deqa4j.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of texts.
 *
 * @param head the columns' names
 * @param rows rows of as many cells
 */
record TextTable(List<String> head, List<List<String>> rows) {
    private static final String GAP = "  ";

    /** A table that does not change. */
    TextTable {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** Lines with the first column to the left and the others to the right. */
    String plainText() {
        List<List<String>> lines = new ArrayList<>(List.of(head));
        lines.addAll(rows);
        int[] widths = new int[head.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], printable(line.get(i)).length());
            }
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line(line, widths)).append('\n'));
        return text.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = printable(cells.get(i));
            String padding = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? cell + padding : GAP + padding + cell);
        }
        return line.toString().stripTrailing();
    }

    /** The text without characters that would steer a terminal or break the line. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
