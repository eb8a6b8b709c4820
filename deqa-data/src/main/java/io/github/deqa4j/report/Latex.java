package io.github.deqa4j.report;

import java.util.List;
import java.util.stream.Collectors;

/** A grid as a tabular environment with the rules of the booktabs package. */
final class Latex {
    private Latex() {}

    static String write(Grid grid, String caption) {
        String columns = "l" + "r".repeat(grid.head().size() - 1);
        StringBuilder text =
                new StringBuilder("% " + caption.replaceAll("\\R", " ") + "; needs \\usepackage{booktabs}\n");
        text.append("\\begin{tabular}{").append(columns).append("}\n\\toprule\n");
        text.append(line(grid.head())).append("\\midrule\n");
        grid.rows().forEach(row -> text.append(line(row)));
        return text.append("\\bottomrule\n\\end{tabular}\n").toString();
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
