package io.github.deqa4j.cli;

import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.train.compact.CompactPack;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deqa dev pack-compact}: a trained small network as it ships. */
@Command(
        name = "pack-compact",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Copies a small network with its weights rounded to float16: the files that deqa-model-compact ships.",
        footer = "%nExit status: 0 written, 1 the network cannot be used or nothing can be written, 2 wrong usage.")
final class PackCompactCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "directory of a small network, in any number format")
    private Path model = Path.of("");

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "new directory for config.json and model.safetensors")
    private Path output = Path.of("");

    PackCompactCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CompactPack.write(ModelDirectory.open(model, Optional.empty(), Optional.empty()), output);
        terminal.err().println("the network in float16 is in " + output);
        return ExitCode.OK;
    }
}
