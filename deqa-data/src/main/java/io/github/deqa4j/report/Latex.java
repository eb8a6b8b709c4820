package io.github.deqa4j.report;

import java.util.List;
import java.util.stream.Collectors;

/** A table as a tabular environment with the rules of the booktabs package. */
final class Latex {
    private Latex() {}

    /**
     * The table.
     *
     * @param notes lines of a comment above it
     */
    static String write(TextTable table, String caption, List<String> notes) {
        String columns = "l" + "r".repeat(table.head().size() - 1);
        StringBuilder text = new StringBuilder(comment(caption + "; needs \\usepackage{booktabs}"));
        notes.forEach(note -> text.append(comment(note)));
        text.append("\\begin{tabular}{").append(columns).append("}\n\\toprule\n");
        text.append(line(table.head())).append("\\midrule\n");
        table.rows().forEach(row -> text.append(line(row)));
        return text.append("\\bottomrule\n\\end{tabular}\n").toString();
    }

    /** A comment, which ends with its line. */
    private static String comment(String text) {
        return "% " + text.replaceAll("\\R", " ") + "\n";
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Latex::cell).collect(Collectors.joining(" & ")) + " \\\\\n";
    }

    /** A cell; one that starts with blanks is set off to the right. */
    private static String cell(String text) {
        return text.startsWith("  ") ? "\\quad " + escape(text.strip()) : escape(text);
    }

    /** The text with the characters that LaTeX reads as commands made harmless. */
    static String escape(String text) {
        return text.codePoints().mapToObj(Latex::escape).collect(Collectors.joining());
    }

    private static String escape(int c) {
        return switch (c) {
            case '\\' -> "\\textbackslash{}";
            case '~' -> "\\textasciitilde{}";
            case '^' -> "\\textasciicircum{}";
            case '&', '%', '$', '#', '_', '{', '}' -> "\\" + (char) c;
            case '−' -> "$-$";
            case '–' -> "--";
            default -> Character.isISOControl(c) ? " " : Character.toString(c);
        };
    }
}
