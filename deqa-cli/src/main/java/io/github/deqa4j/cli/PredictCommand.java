package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.dataset.ResultAppender;
import io.github.deqa4j.dataset.ResultRow;
import io.github.deqa4j.text.Prompt;
import io.github.deqa4j.torch.infer.ScorerSettings;
import io.github.deqa4j.torch.infer.TorchScorer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deqa predict}: a test file and its pictures in, the network's logits out. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs a network on the pictures of a test file and adds its logits to a file of results, for deqa "
                        + "evaluate. Pictures that the file has already are passed over, so an interrupted run goes on.",
        footer = "%nExit status: 0 all done, 1 some pictures failed, 2 wrong usage, 3 the model cannot be loaded.")
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
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "pictures run together; more helps on a GPU only (default: ${DEFAULT-VALUE})")
    private int batch = 1;

    PredictCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (batch < 1) {
            throw CommandException.usage("--batch is " + batch + "; it must be at least 1");
        }
        ScorerSettings settings = model.settings(Prompt.EVALUATION);
        MetaFile file = MetaFile.read(meta);
        file.warnings().forEach(warning -> terminal.err().println("deqa: " + warning));
        try (ResultAppender results = new ResultAppender(output)) {
            List<MetaRow> left = file.rows().stream()
                    .filter(row -> row.taskType() == MetaRow.TaskType.SCORE && !results.has(row.id()))
                    .toList();
            boolean allDone = left.isEmpty() || predict(settings, left, results);
            return allDone ? ExitCode.OK : ExitCode.SOME_FAILED;
        }
    }

    /** Whether every picture has its result. */
    private boolean predict(ScorerSettings settings, List<MetaRow> rows, ResultAppender results) {
        int[] failures = {0};
        try (TorchScorer scorer = ModelOptions.open(settings);
                Progress progress = new Progress(terminal, "pictures", rows.size())) {
            PictureRun<MetaRow, double[]> run = new PictureRun<>(
                    batch, MetaRow::image, row -> scorer.reader().read(picture(row)), scorer::logits);
            run.run(rows, outcome -> {
                failures[0] += append(outcome, results) ? 0 : 1;
                progress.step();
            });
        }
        return failures[0] == 0;
    }

    private Path picture(MetaRow row) {
        try {
            return images.resolve(row.image());
        } catch (InvalidPathException e) {
            throw new DeqaException(row.image() + ": this is no file name (" + e.getReason() + ")", e);
        }
    }

    private boolean append(PictureRun.Outcome<MetaRow, double[]> outcome, ResultAppender results) {
        MetaRow row = outcome.item();
        LevelValues values;
        try {
            values = values(outcome);
        } catch (DeqaException e) {
            terminal.err().println("deqa: \"" + row.id() + "\" has no result: " + Deqa.describe(e));
            return false;
        }
        OptionalDouble score =
                row.truth().map(truth -> OptionalDouble.of(truth.score())).orElse(OptionalDouble.empty());
        results.append(new ResultRow(row.id(), row.image(), score, values, Optional.empty()));
        return true;
    }

    private static LevelValues values(PictureRun.Outcome<MetaRow, double[]> outcome) {
        if (outcome.failed()) {
            throw new DeqaException(outcome.problem());
        }
        return LevelValues.of(outcome.get());
    }
}
