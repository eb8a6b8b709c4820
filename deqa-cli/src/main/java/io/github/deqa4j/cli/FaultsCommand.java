package io.github.deqa4j.cli;

import io.github.deqa4j.reliability.FaultFile;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.train.compact.CompactFaults;
import io.github.deqa4j.train.compact.CompactFaults.Material;
import io.github.deqa4j.train.compact.CompactReliability.NamedImages;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deqa dev faults}: what faults a small network sees in images. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes " + FaultFile.NAME
                + " for a small network: what faults it sees, learned from good images that are "
                + "made worse in 25 ways.",
        footer = "%nExit status: 0 written, 1 the material is at fault or nothing can be written, 2 wrong usage.")
final class FaultsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--model", paramLabel = "DIR", required = true, description = "directory of the small network")
    private Path model = Path.of("");

    @Option(
            names = "--mos",
            paramLabel = "FILE",
            required = true,
            description = "mos.json with opinions of photographs; those of at least 3.6 levels are taken")
    private Path mos = Path.of("");

    @Option(names = "--images", paramLabel = "DIR", required = true, description = "folder of these photographs")
    private Path images = Path.of("");

    @Option(names = "--pristine", paramLabel = "DIR", required = true, description = "folder of pristine images")
    private Path pristine = Path.of("");

    @Option(names = "--list", paramLabel = "FILE", required = true, description = "their names, one a line")
    private Path list = Path.of("");

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "where to write it")
    private Path output = Path.of(FaultFile.NAME);

    FaultsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Material material = new Material(mos, images, new NamedImages(pristine, list));
        try (Progress progress =
                new Progress(terminal, "images", CompactFaults.images(material).size())) {
            CompactFaults.write(
                    ModelDirectory.open(model, Optional.empty(), Optional.empty()), material, progress::step, output);
        }
        terminal.err().println("the faults that the network sees are in " + output);
        return ExitCode.OK;
    }
}
