package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.dataset.ResultAppender;
import io.github.deqa4j.dataset.ResultRow;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.score.BatchOptions;
import io.github.deqa4j.score.BatchScorer;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.Outcome;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.score.View;
import io.github.deqa4j.torch.ScorerSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deqa predict}: a test file and its images in, the network's logits out. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs a network on the images of a test file and adds its logits to a file of results, for deqa "
                + "evaluate. Images already in the file are skipped, so an interrupted run continues.",
        footer =
                "%nExit status: 0 all done, 1 some images failed, 2 wrong usage, 3 the model cannot be used, 130 stopped by Ctrl-C.")
final class PredictCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--meta", paramLabel = "FILE", required = true, description = "test file, such as test_koniq.json")
    private Path meta = Path.of("");

    @Option(
            names = "--images",
            paramLabel = "DIR",
            required = true,
            description = "folder that the file's paths start from")
    private Path images = Path.of("");

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "JSON lines to make or to continue")
    private Path output = Path.of("");

    @Mixin
    private final ModelOptions model;

    @Mixin
    private final ViewOptions views = new ViewOptions();

    PredictCommand(Terminal terminal) {
        this.terminal = terminal;
        model = new ModelOptions(terminal);
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(images)) {
            throw CommandException.usage(images + ": there is no such folder of images; name it with --images");
        }
        ScorerSettings settings = model.evaluationSettings();
        MetaFile file = MetaFile.read(meta);
        file.warnings().forEach(warning -> terminal.err().println("deqa: " + warning));
        List<MetaRow> rows = file.rows().stream()
                .filter(row -> row.taskType() == MetaRow.TaskType.SCORE)
                .toList();
        View view = view();
        DetailSettings detail = views.detail(view);
        RowIdentity identity = new RowIdentity(model.identify(settings, terminal), view, detail);
        try (ResultAppender results = openResults()) {
            requireSameTest(rows, results);
            results.kept().forEach((id, row) -> SameModel.require(output, id, row.model(), identity));
            return predict(settings, identity, rows, results);
        }
    }

    private ResultAppender openResults() {
        try {
            return new ResultAppender(output);
        } catch (DeqaException e) {
            throw CommandException.usage(e.getMessage() + " (--output continues the results of an earlier run)");
        }
    }

    /** Results of another test file beside these would be of no use to deqa evaluate. */
    private void requireSameTest(List<MetaRow> rows, ResultAppender results) {
        Set<String> foreign = new LinkedHashSet<>(results.kept().keySet());
        rows.forEach(row -> foreign.remove(row.id()));
        if (!foreign.isEmpty()) {
            throw CommandException.usage(
                    output + ": " + foreign.size() + " of its " + results.kept().size()
                            + " rows are not in " + meta + ", the first \""
                            + foreign.iterator().next() + "\"; name another file with --output");
        }
    }

    private int predict(ScorerSettings settings, RowIdentity identity, List<MetaRow> rows, ResultAppender results) {
        int[] done = {0, 0};
        List<MetaRow> left = rows.stream()
                .filter(row -> !results.kept().containsKey(row.id()))
                .toList();
        if (left.isEmpty()) {
            terminal.err()
                    .println(output + " has all " + rows.size()
                            + " results already; to predict them anew, delete it or name another --output");
            return ExitCode.OK;
        }
        Queue<String> warnings = new ConcurrentLinkedQueue<>();
        try (Scorer scorer = model.open(settings.withWarnings(warnings::add));
                StopOnSignal stop = new StopOnSignal(terminal, "stopping after this image …");
                BatchScorer scoring = batches(scorer, identity, stop);
                Progress progress = new Progress(terminal, "images", rows.size(), rows.size() - left.size())) {
            ModelOptions.tellBatch(settings, scorer, terminal);
            scoring.score(left, row -> EncodedImage.of(image(row)), outcome -> {
                progress.lines(warnings);
                done[append(outcome, identity.line(), results, progress) ? 0 : 1]++;
                progress.step();
            });
            progress.close();
            terminal.err().println(ending(rows.size(), results.kept().size() + done[0], done[1]));
        }
        return done[1] == 0 ? ExitCode.OK : ExitCode.SOME_FAILED;
    }

    private static BatchScorer batches(Scorer scorer, RowIdentity identity, StopOnSignal stop) {
        ViewOptions.requireSupported(identity.view(), scorer);
        BatchOptions options = BatchOptions.defaults().withView(identity.view()).withDetail(identity.detail());
        return BatchScorer.of(scorer, options.withStop(stop::requested));
    }

    private View view() {
        View view = views.view().orElse(View.WHOLE);
        if (view == View.BOTH) {
            throw CommandException.usage("a result holds the logits of one view; use --view whole or --view detail");
        }
        return view;
    }

    private String ending(int total, int have, int failed) {
        String start = output + " has " + have + " of " + total + " results";
        if (have == total) {
            return start;
        }
        return have + failed == total
                ? start + "; " + failed + " images failed, and are tried again when the command is run again"
                : start + "; run the command again to go on";
    }

    private Path image(MetaRow row) {
        try {
            return images.resolve(row.image());
        } catch (InvalidPathException e) {
            throw new DeqaException(row.image() + ": this is not a file name (" + e.getReason() + ")", e);
        }
    }

    private static boolean append(
            Outcome<MetaRow> outcome, String identity, ResultAppender results, Progress progress) {
        MetaRow row = outcome.item();
        if (outcome instanceof Outcome.Failed<MetaRow> failed) {
            progress.line("deqa: \"" + row.id() + "\" has no result: " + Failures.of(row.image(), failed));
            return false;
        }
        Outcome.Scored<MetaRow> scored = (Outcome.Scored<MetaRow>) outcome;
        LevelValues values = LevelValues.of(scored.quality().logits().toArray());
        OptionalDouble score =
                row.truth().map(truth -> OptionalDouble.of(truth.score())).orElse(OptionalDouble.empty());
        results.append(new ResultRow(row.id(), row.image(), score, values, Optional.empty(), Optional.of(identity)));
        return true;
    }
}
