package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.score.BatchOptions;
import io.github.deqa4j.score.BatchScorer;
import io.github.deqa4j.score.Outcome;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.score.View;
import io.github.deqa4j.torch.ScorerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deqa score}: images in, scores out. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Scores images from 1 (bad) to 5 (excellent), and predicts how much people would disagree (std).",
        footer =
                "%nExit status: 0 all done, 1 some images have no score or no drawing, 2 wrong usage, 3 the model cannot be used, 130 stopped by Ctrl-C.")
final class ScoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "image files, folders, globs in quotes, or - for a list of paths on standard input")
    private List<String> paths = List.of();

    @Mixin
    private final ModelOptions model;

    @Option(
            names = {"-0", "--null"},
            description = "names on standard input are separated by zero bytes (find -print0), not by line breaks")
    private boolean zeroEnded;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, json, jsonl or csv (default: what the ending of --output says, else table)")
    private RowFormat.@Nullable Name format;

    @Option(names = "--recursive", description = "look into the folders below folders, too")
    private boolean recursive;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "write to a file, which appears when it is complete; an existing file is replaced")
    private @Nullable Path output;

    @Option(
            names = "--resume",
            description = "continue the jsonl file of --output, of the same model: scored images are not scored again")
    private boolean resume;

    @Option(
            names = "--verbatim",
            description =
                    "in csv, leave texts that a spreadsheet would compute, such as =1+1.png, as they are; otherwise an "
                            + "apostrophe goes before them")
    private boolean verbatim;

    @Option(
            names = "--heatmap",
            paramLabel = "DIR",
            description = "draw where each image loses quality, to DIR/NAME.png; works with small networks only")
    private @Nullable Path heatmap;

    @Mixin
    private final ViewOptions views = new ViewOptions();

    ScoreCommand(Terminal terminal) {
        this.terminal = terminal;
        model = new ModelOptions(terminal);
    }

    @Override
    public Integer call() {
        requireUsage();
        ScorerSettings settings = model.settings();
        List<ImageList.Entry> entries = new ImageList(
                        recursive, new NameList(terminal.in(), zeroEnded), Optional.ofNullable(heatmap))
                .require(paths);
        requireOtherFile(entries);
        Optional<HeatmapFolder> heatmaps =
                Optional.ofNullable(heatmap).map(folder -> new HeatmapFolder(folder, entries));
        model.fetch();
        Optional<RowIdentity> identity = format().namesModel()
                ? Optional.of(new RowIdentity(model.identify(settings, terminal), view(), views.detail(view())))
                : Optional.empty();
        Optional<Double> coverage = format() == RowFormat.Name.TABLE ? model.coverage() : Optional.empty();
        try (StopOnSignal stop = new StopOnSignal(terminal, "stopping as soon as the image at hand is done …");
                RowSink sink = sink(entries.stream().map(ImageList.Entry::path).toList(), identity, coverage)) {
            List<ImageList.Entry> left = entries.stream()
                    .filter(entry ->
                            !sink.has(entry.path()) || heatmaps.stream().anyMatch(folder -> !folder.has(entry)))
                    .toList();
            Tally tally = new Tally();
            if (!left.isEmpty()) {
                score(settings, entries.size(), left, heatmaps, sink, stop, tally);
            }
            if (tally.done < left.size()) {
                terminal.err()
                        .println("deqa: stopped with " + (left.size() - tally.done) + " of " + entries.size()
                                + " images not scored: " + sink.stop());
                return ExitCode.STOPPED;
            }
            int rows = sink.finish();
            if (output != null) {
                terminal.err().println(output + ": " + rows + (rows == 1 ? " row" : " rows"));
            }
            return ended(tally, entries.size());
        }
    }

    /** How far the run came, and what went wrong. */
    private static final class Tally {
        int done;
        int unscored;
        int undrawn;
    }

    /**
     * Scores images.
     *
     * @param images how many there are in all
     * @param left those that lack a score, or only a drawing
     */
    private void score(
            ScorerSettings settings,
            int images,
            List<ImageList.Entry> left,
            Optional<HeatmapFolder> heatmaps,
            RowSink sink,
            StopOnSignal stop,
            Tally tally) {
        Queue<String> warnings = new ConcurrentLinkedQueue<>();
        BatchOptions options = BatchOptions.defaults()
                .withMaps(heatmaps.isPresent())
                .withDetail(views.detail(view()))
                .withStop(stop::requested);
        try (Scorer scorer = model.open(settings.withWarnings(warnings::add));
                BatchScorer scoring = batches(scorer, options.withView(view(scorer)));
                Progress progress = new Progress(terminal, "images", images, images - left.size())) {
            ModelOptions.tellBatch(settings, scorer, terminal);
            heatmaps.ifPresent(HeatmapFolder::make);
            scoring.score(left, ImageList.Entry::encoded, outcome -> {
                progress.lines(warnings);
                boolean drawingAlone = sink.has(outcome.item().path());
                if (!drawingAlone) {
                    sink.accept(ScoreRow.of(outcome));
                }
                if (outcome instanceof Outcome.Failed && !drawingAlone) {
                    tally.unscored++;
                } else {
                    heatmaps.flatMap(folder -> notDrawn(outcome, folder)).ifPresent(problem -> {
                        tally.undrawn++;
                        progress.line("deqa: " + outcome.item().path() + " has no drawing: " + problem);
                    });
                }
                tally.done++;
                if (output != null || !terminal.outIsScreen()) { // on a screen the rows themselves are the progress
                    progress.step();
                }
            });
        }
    }

    private static BatchScorer batches(Scorer scorer, BatchOptions options) {
        if (options.maps() && !scorer.supportsMaps()) {
            throw CommandException.usage("this model sees images only as a whole and cannot tell where "
                    + "they lose quality; name a small network with --model or leave --heatmap out");
        }
        ViewOptions.requireSupported(options.view(), scorer);
        return BatchScorer.of(scorer, options);
    }

    /** A table is for people, who look at images at both scales; files that exist hold scores of the whole. */
    private View view() {
        return views.view().orElse(format() == RowFormat.Name.TABLE ? View.BOTH : View.WHOLE);
    }

    /** The view of a scorer: what nobody asked for is not missed where it cannot be had. */
    private View view(Scorer scorer) {
        return views.view().isPresent() || scorer.supportsDetail() ? view() : View.WHOLE;
    }

    /** Draws; why that failed, which costs no score and does not end the run. */
    private static Optional<String> notDrawn(Outcome<ImageList.Entry> outcome, HeatmapFolder folder) {
        if (outcome instanceof Outcome.Failed<ImageList.Entry> failed) {
            return Optional.of(Failures.of(failed.item().path(), failed));
        }
        Outcome.Scored<ImageList.Entry> scored = (Outcome.Scored<ImageList.Entry>) outcome;
        try {
            scored.map().ifPresent(map -> folder.write(scored.item(), map.draw(scored.image())));
            return Optional.empty();
        } catch (DeqaException e) {
            return Optional.of(e.getMessage());
        }
    }

    private int ended(Tally tally, int images) {
        if (tally.unscored > 0) {
            terminal.err()
                    .println("deqa: " + tally.unscored + " of " + images + " images have no score; their rows say why");
        }
        if (tally.undrawn > 0) {
            terminal.err().println("deqa: " + tally.undrawn + " of " + images + " images have no drawing");
        }
        return tally.unscored + tally.undrawn == 0 ? ExitCode.OK : ExitCode.SOME_FAILED;
    }

    private void requireOtherFile(List<ImageList.Entry> images) {
        if (output != null && SameFile.isAmong(ImageList.files(images), output)) {
            throw CommandException.usage(output + ": this is one of the images; name another file with --output");
        }
    }

    private RowSink sink(List<String> images, Optional<RowIdentity> identity, Optional<Double> coverage) {
        return CommandException.orUsage(() -> {
            if (output == null) {
                return new StreamSink(terminal.out(), rows(images, identity, coverage));
            }
            return format() == RowFormat.Name.JSONL
                    ? new JournalSink(output, images, resume, identity.orElseThrow())
                    : new FileSink(output, rows(images, identity, coverage));
        });
    }

    private RowFormat rows(List<String> images, Optional<RowIdentity> identity, Optional<Double> coverage) {
        return switch (format()) {
            case TABLE -> table(images, output == null && terminal.outIsScreen(), coverage);
            case CSV -> new CsvFormat(verbatim, identity.orElseThrow().line(), view());
            case JSON -> new JsonArrayFormat(jsonLines(identity.orElseThrow()));
            case JSONL -> jsonLines(identity.orElseThrow());
        };
    }

    private static JsonLinesFormat jsonLines(RowIdentity identity) {
        return new JsonLinesFormat(identity.line(), identity.view());
    }

    private TableFormat table(List<String> images, boolean screen, Optional<Double> coverage) {
        int columns = terminal.columns() - TableFormat.numberColumns(coverage.isPresent());
        return new TableFormat(RowFormat.TableLayout.of(images, screen, columns), coverage);
    }

    private RowFormat.Name format() {
        if (format != null) {
            return format;
        }
        return ending().orElse(resume ? RowFormat.Name.JSONL : RowFormat.Name.TABLE);
    }

    /** The one thing that follows from a file's name: nobody who names a file scores.csv wants a table in it. */
    private Optional<RowFormat.Name> ending() {
        return Optional.ofNullable(output).flatMap(RowFormat.Name::ofEnding);
    }

    private void requireUsage() {
        ending().filter(ending -> ending != format()).ifPresent(ending -> {
            throw CommandException.usage(output + ": the name ends in ." + ending.word() + ", but --format is "
                    + format().word() + "; change one of the two");
        });
        if (resume && (output == null || format() != RowFormat.Name.JSONL)) {
            throw CommandException.usage(
                    "--resume continues a jsonl file; name it with --output FILE and use --format jsonl");
        }
        if (verbatim && format() != RowFormat.Name.CSV) {
            throw CommandException.usage("--verbatim is of use in csv only; add --format csv or leave --verbatim out");
        }
        views.detail(view());
        if (zeroEnded && !paths.contains(ImageList.STANDARD_INPUT)) {
            throw CommandException.usage(
                    "-0 tells how names on standard input are ended; add - to read them from there");
        }
        Optional.ofNullable(output)
                .ifPresent(file -> CommandException.requireUsage(() -> AtomicFile.requirePossible(file)));
    }
}
