package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.train.verify.Difference;
import io.github.deqa4j.train.verify.GoldenComparison;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deqa dev verify}: scores, losses, gradients and steps of a model against recorded outputs of the authors' code. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Compares scores, losses, gradients and optimizer steps with recorded outputs of the authors' code.",
        footer = "%nExit status: 0 all agree, 1 some differ, 2 wrong usage, 3 a folder cannot be read.")
final class VerifyCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    private final Terminal terminal;

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description =
                    "folders with config.json, weights, expected.json and expected.safetensors; tokenizer.model there"
                            + " or up to two above")
    private List<Path> directories = List.of();

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "directory of the model that the folders' adapters adapt; their images lie in a folder images"
                    + " there or up to two above")
    private @Nullable Path base;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        boolean agree = true;
        for (Path directory : directories) {
            agree &= report(directory, compare(directory));
        }
        return agree ? ExitCode.OK : ExitCode.SOME_FAILED;
    }

    private List<Difference> compare(Path directory) {
        try {
            return GoldenComparison.run(directory, Optional.ofNullable(base));
        } catch (DeqaException e) {
            throw new CommandException(ExitCode.NO_MODEL, e.getMessage());
        }
    }

    private boolean report(Path directory, List<Difference> compared) {
        List<Difference> worst = compared.stream()
                .filter(difference -> !(difference.error() <= GoldenComparison.TOLERANCE))
                .sorted(Comparator.comparingDouble(Difference::error).reversed())
                .toList();
        double largest = compared.stream().mapToDouble(Difference::error).max().orElse(Double.NaN);
        print(
                "%s: %d numbers compared, largest difference %.1e, %d above %.0e",
                directory, compared.size(), largest, worst.size(), GoldenComparison.TOLERANCE);
        worst.stream()
                .limit(SHOWN)
                .forEach(difference -> print(
                        "  %s: %s, the authors have %s", difference.what(), difference.found(), difference.expected()));
        return worst.isEmpty() && !compared.isEmpty();
    }

    private void print(String format, Object... values) {
        terminal.out().println(String.format(Locale.ROOT, format, values));
    }
}
