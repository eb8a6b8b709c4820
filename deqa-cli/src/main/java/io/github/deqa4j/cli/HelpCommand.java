package io.github.deqa4j.cli;

import java.util.List;
import java.util.Objects;
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

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "the command (default: deqa itself)")
    private List<String> words = List.of();

    @Override
    public void run() {
        CommandLine deqa = Objects.requireNonNull(spec.parent()).commandLine();
        CommandLine asked = deqa;
        for (String word : words) {
            asked = below(asked, word);
        }
        asked.usage(deqa.getOut());
    }

    private static CommandLine below(CommandLine command, String word) {
        CommandLine below = command.getSubcommands().get(word);
        if (below == null) {
            throw new UnmatchedArgumentException(command, List.of(word));
        }
        return below;
    }
}
