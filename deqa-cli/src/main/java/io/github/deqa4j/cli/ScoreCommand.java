package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.ImageReader;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.QualityMapper;
import io.github.deqa4j.torch.infer.ScorerSettings;
import io.github.deqa4j.torch.infer.TorchScorer;
import io.github.deqa4j.torch.nn.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deqa score}: pictures in, scores out. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Scores pictures from 1 (bad) to 5 (excellent), with the spread that people would disagree by.",
        footer =
                "%nExit status: 0 all done, 1 some pictures have no score or no drawing, 2 wrong usage, 3 the model cannot be loaded.")
final class ScoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "picture files, folders, globs in quotes, or - for a list of paths on standard input")
    private List<String> paths = List.of();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--format", paramLabel = "FORMAT", description = "table (default), json, jsonl or csv")
    private RowFormat.@Nullable Name format;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "pictures scored together; more helps on a GPU only (default: ${DEFAULT-VALUE})")
    private int batch = 1;

    @Option(names = "--recursive", description = "look into the folders below folders, too")
    private boolean recursive;

    @Option(names = "--output", paramLabel = "FILE", description = "write to a file, which appears when it is whole")
    private @Nullable Path output;

    @Option(
            names = "--resume",
            description = "continue the jsonl file of --output: scored pictures are not scored again")
    private boolean resume;

    @Option(
            names = "--heatmap",
            paramLabel = "DIR",
            description = "draw where each picture loses quality, to DIR/NAME.png; only a compact model can tell")
    private @Nullable Path heatmap;

    ScoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requireUsage();
        ScorerSettings settings = model.settings();
        List<PictureList.Entry> entries =
                new PictureList(recursive, terminal.in(), Optional.ofNullable(heatmap)).require(paths);
        requireOtherFile(entries);
        Optional<HeatmapFolder> heatmaps =
                Optional.ofNullable(heatmap).map(folder -> new HeatmapFolder(folder, entries));
        Tally tally;
        try (RowSink sink = sink(entries.stream().map(PictureList.Entry::path).toList())) {
            List<PictureList.Entry> left = entries.stream()
                    .filter(entry -> sink.earlier(entry.path()).isEmpty()
                            || heatmaps.stream().anyMatch(folder -> !folder.has(entry)))
                    .toList();
            tally = left.isEmpty() ? new Tally() : score(settings, entries, left, heatmaps, sink);
            sink.finish();
        }
        return ended(tally, entries.size());
    }

    /** What went wrong. */
    private static final class Tally {
        int unscored;
        int undrawn;
    }

    /**
     * Scores pictures.
     *
     * @param entries all pictures
     * @param left those that lack a score, or only a drawing
     */
    private Tally score(
            ScorerSettings settings,
            List<PictureList.Entry> entries,
            List<PictureList.Entry> left,
            Optional<HeatmapFolder> heatmaps,
            RowSink sink) {
        Tally tally = new Tally();
        try (TorchScorer scorer = ModelOptions.open(settings);
                Progress progress = new Progress(terminal, "pictures", left.size())) {
            requireSameModel(scorer, settings.precision(), entries, sink);
            Queue<String> warnings = new ConcurrentLinkedQueue<>();
            ImageReader reader = scorer.reader().withWarnings(warnings::add);
            PictureRun<PictureList.Entry, Scored> run = new PictureRun<>(
                    batch,
                    PictureList.Entry::path,
                    entry -> reader.read(entry.require()),
                    network(scorer, heatmaps),
                    () -> false);
            run.run(left, outcome -> {
                progress.lines(warnings);
                boolean drawingAlone = sink.earlier(outcome.item().path()).isPresent();
                if (!drawingAlone) {
                    sink.accept(ScoreRow.of(outcome));
                }
                if (outcome.failed() && !drawingAlone) {
                    tally.unscored++;
                } else {
                    heatmaps.flatMap(folder -> notDrawn(outcome, folder)).ifPresent(problem -> {
                        tally.undrawn++;
                        progress.line("deqa: " + outcome.item().path() + " has no drawing: " + problem);
                    });
                }
                if (output != null || !terminal.outIsScreen()) { // on a screen the rows themselves are the progress
                    progress.step();
                }
            });
        }
        return tally;
    }

    /** Scores one of the pictures that have a row anew: another model, prompt or precision gives another score. */
    private void requireSameModel(
            TorchScorer scorer, Precision precision, List<PictureList.Entry> entries, RowSink sink) {
        for (PictureList.Entry entry : entries) {
            OptionalDouble before = sink.earlier(entry.path());
            if (before.isEmpty()) {
                continue;
            }
            RgbImage picture;
            try {
                picture = scorer.reader().read(entry.require());
            } catch (DeqaException e) {
                continue; // it is gone by now, but its score stays
            }
            double now = scorer.score(picture).score();
            if (Math.abs(before.getAsDouble() - now) > Tolerance.of(precision)) {
                throw CommandException.usage(output + ": its row \"" + entry.path()
                        + "\" is another model's, prompt's or precision's, or of another picture: its score is "
                        + before.getAsDouble()
                        + ", here it is " + now + "; name another file with --output");
            }
            return;
        }
    }

    /** Draws; why that failed, which costs no score and does not end the run. */
    private static Optional<String> notDrawn(
            PictureRun.Outcome<PictureList.Entry, Scored> outcome, HeatmapFolder folder) {
        if (outcome.failed()) {
            return Optional.of(outcome.problem());
        }
        try {
            outcome.get().heatmap().ifPresent(drawn -> folder.write(outcome.item(), drawn));
            return Optional.empty();
        } catch (DeqaException e) {
            return Optional.of(Deqa.describe(e));
        }
    }

    private int ended(Tally tally, int pictures) {
        if (tally.unscored > 0) {
            terminal.err()
                    .println("deqa: " + tally.unscored + " of " + pictures
                            + " pictures have no score; their rows say why");
        }
        if (tally.undrawn > 0) {
            terminal.err().println("deqa: " + tally.undrawn + " of " + pictures + " pictures have no drawing");
        }
        return tally.unscored + tally.undrawn == 0 ? ExitCode.OK : ExitCode.SOME_FAILED;
    }

    private static Function<List<RgbImage>, List<Scored>> network(
            TorchScorer scorer, Optional<HeatmapFolder> heatmaps) {
        if (heatmaps.isEmpty()) {
            return pictures ->
                    scorer.scoreAll(pictures).stream().map(Scored::plain).toList();
        }
        QualityMapper mapper = scorer.mapper()
                .orElseThrow(
                        () -> CommandException.usage("this model sees pictures only as a whole and cannot tell where "
                                + "they lose quality; name a compact one with --model or leave --heatmap out"));
        heatmaps.get().make();
        return pictures -> pictures.stream()
                .map(picture -> Scored.mapped(picture, mapper.map(picture)))
                .toList();
    }

    private void requireOtherFile(List<PictureList.Entry> pictures) {
        if (output != null && SameFile.isAmong(PictureList.files(pictures), output)) {
            throw CommandException.usage(output + ": this is one of the pictures; name another file with --output");
        }
    }

    private RowSink sink(List<String> pictures) {
        return CommandException.orUsage(() -> openSink(pictures));
    }

    private RowSink openSink(List<String> pictures) {
        boolean screen = output == null && terminal.outIsScreen();
        if (output == null) {
            return new StreamSink(terminal.out(), format().format(layout(pictures, screen)));
        }
        return format() == RowFormat.Name.JSONL
                ? new JournalSink(output, pictures, resume)
                : new FileSink(output, format().format(layout(pictures, screen)));
    }

    private RowFormat.TableLayout layout(List<String> pictures, boolean screen) {
        return RowFormat.TableLayout.of(pictures, screen, terminal.columns());
    }

    private RowFormat.Name format() {
        if (format != null) {
            return format;
        }
        return resume ? RowFormat.Name.JSONL : RowFormat.Name.TABLE;
    }

    private void requireUsage() {
        if (batch < 1) {
            throw CommandException.usage("--batch is " + batch + "; it must be at least 1");
        }
        if (resume && (output == null || format() != RowFormat.Name.JSONL)) {
            throw CommandException.usage(
                    "--resume continues a jsonl file; name it with --output FILE and use --format jsonl");
        }
    }
}
