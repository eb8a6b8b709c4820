package io.github.deqa4j.cli;

import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.Tile;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Columns for people: image, score and spread, then the five probabilities in percent. The end of a line says how tiles of
 * the image look, if it has several.
 */
final class TableFormat implements RowFormat {
    /** Characters of a line after the path. */
    static final int NUMBER_COLUMNS = 48;

    private final int pathColumns;

    TableFormat(TableLayout layout) {
        pathColumns = layout.pathColumns();
    }

    @Override
    public String header() {
        String levels = Level.ALL.stream()
                .map(level -> String.format(Locale.ROOT, "%" + levelColumns(level) + "s", level.word()))
                .collect(Collectors.joining());
        return pad("image") + "  score   std" + levels + "\n";
    }

    @Override
    public String row(ScoreRow row) {
        if (row.failed()) {
            return pad(row.path()) + "  no score: " + withoutPath(row);
        }
        String levels = Level.ALL.stream()
                .map(level -> String.format(
                        Locale.ROOT,
                        "%" + (levelColumns(level) - 1) + ".0f%%",
                        100 * row.probabilities().get(level)))
                .collect(Collectors.joining());
        return pad(row.path())
                + String.format(
                        Locale.ROOT,
                        "  %5.3f  %4.2f",
                        row.score().score(),
                        row.score().std())
                + levels
                + row.detail()
                        .filter(detail -> detail.places() > 1)
                        .map(TableFormat::note)
                        .orElse("");
    }

    private static String note(DetailScore detail) {
        Tile worst = detail.worst();
        return String.format(
                Locale.ROOT,
                "  detail %.2f, worst %.2f at %d,%d",
                detail.quality().score(),
                worst.quality().score(),
                worst.x(),
                worst.y());
    }

    private static int levelColumns(Level level) {
        return Math.max(4, level.word().length()) + 2;
    }

    private String pad(String path) {
        String visible = Printable.visible(path);
        String shown =
                Printable.columns(visible) <= pathColumns ? visible : "…" + Printable.end(visible, pathColumns - 1);
        return shown + " ".repeat(pathColumns - Printable.columns(shown));
    }

    private static String withoutPath(ScoreRow row) {
        String prefix = row.path() + ": ";
        return Printable.line(row.reason().startsWith(prefix) ? row.reason().substring(prefix.length()) : row.reason());
    }
}
