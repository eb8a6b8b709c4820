package io.github.deqa4j.report;

import java.util.ArrayList;
import java.util.List;

/** A grid in columns: the first to the left, the others to the right. */
final class PlainText {
    private static final String GAP = "  ";

    private PlainText() {}

    static String write(Grid grid) {
        List<List<String>> lines = new ArrayList<>(List.of(grid.head()));
        lines.addAll(grid.rows());
        int[] widths = new int[grid.head().size()];
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
            String room = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? cell + room : GAP + room + cell);
        }
        return line.toString().stripTrailing();
    }

    /** The cell without characters that would steer a terminal or break the line. */
    private static String printable(String cell) {
        return cell.replaceAll("\\p{Cntrl}", "?");
    }
}
