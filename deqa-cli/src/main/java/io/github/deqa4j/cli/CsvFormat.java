package io.github.deqa4j.cli;

import io.github.deqa4j.report.Csv;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.Tile;
import io.github.deqa4j.score.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Comma-separated values with a header (RFC 4180, lines ended by a line feed). The last two columns say why a score is missing,
 * or what gave it. Where tiles are scored, their columns come before the time.
 */
final class CsvFormat implements RowFormat {
    private static final String WORDS = Level.ALL.stream().map(Level::word).collect(Collectors.joining(","));

    private static final String DETAIL =
            "view,detail,worst,worst_x,worst_y,worst_width,worst_height,tiles,places,flat,";

    private final boolean verbatim;
    private final String model;
    private final View view;

    /**
     * A format.
     *
     * @param verbatim whether texts stay as they are that a spreadsheet would compute; otherwise an apostrophe goes before
     * @param model identity of the model
     * @param view how images are scored
     */
    CsvFormat(boolean verbatim, String model, View view) {
        this.verbatim = verbatim;
        this.model = model;
        this.view = view;
    }

    @Override
    public String header() {
        return "path," + figureNames() + ",error,model\n";
    }

    private String figureNames() {
        return "score,std,interval_low,interval_high,unfamiliar," + WORDS + ",width,height,"
                + (view.hasDetail() ? DETAIL : "") + "ms";
    }

    @Override
    public String row(ScoreRow row) {
        List<String> cells = new ArrayList<>();
        cells.add(text(row.path()));
        cells.addAll(row.failed() ? Collections.nCopies(figureNames().split(",").length, "") : figures(row));
        cells.add(row.failed() ? text(row.reason()) : "");
        cells.add(row.failed() ? "" : model);
        return Csv.line(cells);
    }

    private List<String> figures(ScoreRow row) {
        List<String> figures = new ArrayList<>();
        figures.add(Double.toString(row.score().score()));
        figures.add(Double.toString(row.score().std()));
        Optional<Reliability> reliability = row.score().reliability();
        figures.add(text(reliability.map(known -> known.interval().low())));
        figures.add(text(reliability.map(known -> known.interval().high())));
        figures.add(text(reliability.map(Reliability::unfamiliar)));
        Level.ALL.forEach(
                level -> figures.add(Double.toString(row.probabilities().get(level))));
        figures.add(Integer.toString(row.width()));
        figures.add(Integer.toString(row.height()));
        row.detail().ifPresent(detail -> figures.addAll(figures(detail)));
        figures.add(String.format(Locale.ROOT, "%.1f", row.ms()));
        return figures;
    }

    /** Nothing where the model does not tell. */
    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private List<String> figures(DetailScore detail) {
        Tile worst = detail.worst();
        return List.of(
                view.toString(),
                Double.toString(detail.quality().score()),
                Double.toString(worst.quality().score()),
                Integer.toString(worst.x()),
                Integer.toString(worst.y()),
                Integer.toString(worst.width()),
                Integer.toString(worst.height()),
                Integer.toString(detail.tiles().size()),
                Integer.toString(detail.places()),
                Integer.toString(detail.flat()));
    }

    private String text(String text) {
        return verbatim ? text : Csv.guarded(text);
    }
}
