package io.github.deqa4j.cli;

import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.train.compact.FoldHeads;
import io.github.deqa4j.train.compact.FoldHeads.Fold;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deqa dev fold-heads}: results of heads on images that they did not learn from. */
@Command(
        name = "fold-heads",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "For each fold, trains heads of the small network on the images of the other folds and writes their results on the "
                        + "fold's own images, as deqa predict would. The trunk stays as it is, so that this takes minutes where "
                        + "training whole networks takes hours. The heads are a little worse than whole networks.",
        footer = "%nExit status: 0 written, 1 the material is at fault or nothing can be written, 2 wrong usage.")
final class FoldHeadsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "the network to start from, of deqa dev start-compact; its trunk must not know the images")
    private Path model = Path.of("");

    @Option(
            names = "--labels",
            paramLabel = "DIR",
            required = true,
            description = "folder with train_K.json and test_K.json for each fold K, of deqa labels")
    private Path labels = Path.of("");

    @Option(
            names = "--folds",
            paramLabel = "K",
            split = ",",
            defaultValue = "0,1,2,3,4",
            description = "names of the folds (default: ${DEFAULT-VALUE})")
    private List<String> folds = List.of();

    @Option(names = "--images", paramLabel = "DIR", required = true, description = "folder of the images")
    private Path images = Path.of("");

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "new directory for predictions_K.jsonl of each fold K")
    private Path output = Path.of("");

    FoldHeadsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Fold> all = folds.stream()
                .map(name -> new Fold(
                        name, labels.resolve("train_" + name + ".json"), labels.resolve("test_" + name + ".json")))
                .toList();
        try (Progress progress =
                new Progress(terminal, "images", FoldHeads.images(all, images).size())) {
            FoldHeads.write(
                    ModelDirectory.open(model, Optional.empty(), Optional.empty()),
                    all,
                    images,
                    progress::step,
                    output);
        }
        terminal.err().println("the results of " + all.size() + " folds are in " + output);
        return ExitCode.OK;
    }
}
