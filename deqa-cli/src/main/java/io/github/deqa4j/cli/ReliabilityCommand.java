package io.github.deqa4j.cli;

import io.github.deqa4j.reliability.ReliabilityFile;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.train.compact.CompactReliability;
import io.github.deqa4j.train.compact.CompactReliability.Material;
import io.github.deqa4j.train.compact.CompactReliability.NamedImages;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deqa dev reliability}: how far the scores of a small network can be relied on. */
@Command(
        name = "reliability",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Makes " + ReliabilityFile.NAME
                        + " for a small network: intervals of the mean opinion, from the errors "
                        + "of networks on images that they did not learn from, and what images are familiar, from those that it learned from.",
        footer = "%nExit status: 0 written, 1 the material is at fault or nothing can be written, 2 wrong usage.")
final class ReliabilityCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--model", paramLabel = "DIR", required = true, description = "directory of the small network")
    private Path model = Path.of("");

    @Option(
            names = "--mos",
            paramLabel = "FILE",
            required = true,
            description = "mos.json with the images that it learned from and the opinions of them")
    private Path mos = Path.of("");

    @Option(names = "--images", paramLabel = "DIR", required = true, description = "folder of these images")
    private Path images = Path.of("");

    @Option(
            names = "--residuals",
            paramLabel = "FILE",
            required = true,
            arity = "1..*",
            description = "results of deqa predict, of networks that did not learn from these images")
    private List<Path> residuals = List.of();

    @ArgGroup(exclusive = false)
    private @Nullable Pristine pristine;

    @Option(
            names = "--coverage",
            paramLabel = "SHARE",
            defaultValue = "0.8",
            description = "share of opinions inside their intervals (default: ${DEFAULT-VALUE})")
    private double coverage = 0.8;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "where to write it")
    private Path output = Path.of(ReliabilityFile.NAME);

    /** Pristine images that the network learned from. */
    private static final class Pristine {
        @Option(
                names = "--pristine",
                paramLabel = "DIR",
                required = true,
                description = "folder of pristine images that it learned from, too")
        private Path folder = Path.of("");

        @Option(names = "--list", paramLabel = "FILE", required = true, description = "their names, one a line")
        private Path list = Path.of("");

        NamedImages images() {
            return new NamedImages(folder, list);
        }
    }

    ReliabilityCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!(coverage > 0 && coverage < 1)) {
            throw CommandException.usage("--coverage is " + coverage + "; it must be above 0 and below 1");
        }
        Material material =
                new Material(mos, images, Optional.ofNullable(pristine).map(Pristine::images), residuals, coverage);
        try (Progress progress = new Progress(
                terminal, "images", CompactReliability.images(material).size())) {
            CompactReliability.write(
                    ModelDirectory.open(model, Optional.empty(), Optional.empty()), material, progress::step, output);
        }
        terminal.err().println("how far the scores can be relied on is in " + output);
        return ExitCode.OK;
    }
}
