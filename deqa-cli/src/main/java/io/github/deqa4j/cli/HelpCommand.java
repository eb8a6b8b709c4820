package io.github.deqa4j.cli;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code deqa help}: what {@code --help} prints. */
@Command(name = "help", mixinStandardHelpOptions = true, description = "Tells all options of a command.")
final class HelpCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "the command (default: deqa itself)")
    private @Nullable String command;

    @Override
    public void run() {
        CommandLine deqa = Objects.requireNonNull(spec.parent()).commandLine();
        CommandLine asked = command == null ? deqa : deqa.getSubcommands().get(command);
        if (asked == null) {
            throw new UnmatchedArgumentException(deqa, List.of(Objects.requireNonNull(command)));
        }
        asked.usage(deqa.getOut());
    }
}
