package io.github.deqa4j.cli;

import io.github.deqa4j.report.Csv;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.Reliability;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Comma-separated values with a header (RFC 4180, lines ended by a line feed). The last two columns say why a score is missing,
 * or what gave it.
 */
final class CsvFormat implements RowFormat {
    private static final String WORDS = Level.ALL.stream().map(Level::word).collect(Collectors.joining(","));

    /** Columns between the path and the error. */
    private static final int FIGURES = 8 + Level.ALL.size();

    private final boolean verbatim;
    private final String model;

    /**
     * A format.
     *
     * @param verbatim whether texts stay as they are that a spreadsheet would compute; otherwise an apostrophe goes before
     * @param model identity of the model
     */
    CsvFormat(boolean verbatim, String model) {
        this.verbatim = verbatim;
        this.model = model;
    }

    @Override
    public String header() {
        return "path,score,std,interval_low,interval_high,unfamiliar," + WORDS + ",width,height,ms,error,model\n";
    }

    @Override
    public String row(ScoreRow row) {
        List<String> cells = new ArrayList<>();
        cells.add(text(row.path()));
        cells.addAll(row.failed() ? Collections.nCopies(FIGURES, "") : figures(row));
        cells.add(row.failed() ? text(row.reason()) : "");
        cells.add(row.failed() ? "" : model);
        return Csv.line(cells);
    }

    private static List<String> figures(ScoreRow row) {
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
        figures.add(String.format(Locale.ROOT, "%.1f", row.ms()));
        return figures;
    }

    /** Nothing where the model does not tell. */
    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private String text(String text) {
        return verbatim ? text : Csv.guarded(text);
    }
}
