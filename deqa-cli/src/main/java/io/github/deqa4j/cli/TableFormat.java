package io.github.deqa4j.cli;

import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.Tile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Columns for people: image, score and spread, the interval of the mean opinion where the model tells it, then the five probabilities in
 * percent. The end of a line says how tiles of the image look, if it has several, and whether the image is unlike those that the model
 * learned from, and what faults the model sees.
 */
final class TableFormat implements RowFormat {
    private static final int SCORE_COLUMNS = 48;
    private static final int INTERVAL_COLUMNS = 9;

    private final int pathColumns;
    private final Optional<Double> coverage;

    /** @param coverage the share of mean opinions inside their intervals; empty for a model that tells no intervals */
    TableFormat(TableLayout layout, Optional<Double> coverage) {
        pathColumns = layout.pathColumns();
        this.coverage = coverage;
    }

    /** Characters of a line after the path. */
    static int numberColumns(boolean intervals) {
        return SCORE_COLUMNS + (intervals ? INTERVAL_COLUMNS : 0);
    }

    @Override
    public String header() {
        String levels = Level.ALL.stream()
                .map(level -> String.format(Locale.ROOT, "%" + levelColumns(level) + "s", level.word()))
                .collect(Collectors.joining());
        return pad("image") + "  score   std"
                + coverage.map(share -> interval(Math.round(100 * share) + " %"))
                        .orElse("") + levels + "\n";
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
                + (coverage.isPresent() ? interval(interval(row)) : "")
                + levels
                + row.detail()
                        .filter(detail -> detail.places() > 1)
                        .map(TableFormat::note)
                        .orElse("")
                + (row.score().reliability().filter(Reliability::unfamiliar).isPresent() ? "  unfamiliar" : "")
                + row.score().faults().map(TableFormat::faults).orElse("");
    }

    private static String faults(List<Fault> faults) {
        return faults.stream()
                .map(fault -> String.format(Locale.ROOT, "%s %.1f", fault.kind(), fault.strength()))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), text -> text.isEmpty() ? "" : "  " + text));
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

    private static String interval(ScoreRow row) {
        return row.score()
                .reliability()
                .map(Reliability::interval)
                .map(interval -> String.format(Locale.ROOT, "%.1f–%.1f", interval.low(), interval.high()))
                .orElse("");
    }

    private static String interval(String cell) {
        return String.format(Locale.ROOT, "%" + INTERVAL_COLUMNS + "s", cell);
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
