package io.github.deqa4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deqa dev}: the commands for those who change deqa4j or make its model. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description =
                "Commands for developers of deqa4j: verify, start-compact, pack-compact, fold-heads, reliability, faults.",
        synopsisSubcommandLabel = "COMMAND")
final class DevCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new DevCommand())
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new StartCompactCommand(terminal))
                .addSubcommand(new PackCompactCommand(terminal))
                .addSubcommand(new FoldHeadsCommand(terminal))
                .addSubcommand(new ReliabilityCommand(terminal))
                .addSubcommand(new FaultsCommand(terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed, such as deqa dev verify DIR");
    }
}
