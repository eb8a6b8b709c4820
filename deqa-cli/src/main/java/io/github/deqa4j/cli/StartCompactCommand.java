package io.github.deqa4j.cli;

import io.github.deqa4j.train.compact.CompactStart;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deqa dev start-compact}: the checkpoint that the small network's training starts from. */
@Command(
        name = "start-compact",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Makes a small network that has not been trained yet: the first stages of a ResNet that others trained, and a "
                        + "head drawn at random. Its config.json says how it sees images; that and dropout may be changed there.",
        footer = "%nExit status: 0 written, 1 the trunk cannot be used or nothing can be written, 2 wrong usage.")
final class StartCompactCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--trunk",
            paramLabel = "FILE",
            required = true,
            description =
                    "safetensors file of a ResNet-50, -101 or -152 (v1) with the tensor names of tf.keras; stages "
                            + "from the last on may be missing, and there is no classifier")
    private Path trunk = Path.of("");

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "new directory for config.json and model.safetensors")
    private Path output = Path.of("");

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "of the head; the same one gives the same bytes (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    StartCompactCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CompactStart.write(trunk, output, seed);
        terminal.err().println("the network to start from is in " + output);
        return ExitCode.OK;
    }
}
