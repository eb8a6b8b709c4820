package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code deqa}. */
@Command(
        name = "deqa",
        mixinStandardHelpOptions = true,
        versionProvider = Deqa.Version.class,
        description = "Says how good pictures look: a probability for each of five levels, and the score they give.",
        synopsisSubcommandLabel = "COMMAND")
public final class Deqa implements Runnable {
    private static final String SCREENS = "deqa.screens";
    private static final String COLUMNS = "deqa.columns";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs a command and leaves with its status. */
    public static void main(String[] args) {
        System.exit(run(terminal(), args));
    }

    /** Runs a command on a terminal and gives its status. */
    static int run(Terminal terminal, String... args) {
        CommandLine line = commandLine(terminal);
        int status = line.execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return status;
    }

    private static CommandLine commandLine(Terminal terminal) {
        CommandLine line = new CommandLine(new Deqa())
                .addSubcommand(new ScoreCommand(terminal))
                .addSubcommand(new InspectCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new ImportCommand(terminal))
                .addSubcommand(new LabelsCommand(terminal))
                .addSubcommand(new PredictCommand(terminal))
                .addSubcommand(new EvaluateCommand(terminal))
                .addSubcommand(new CompareCommand(terminal))
                .addSubcommand(new TrainCommand(terminal))
                .addSubcommand(new StartCompactCommand(terminal))
                .addSubcommand(new PackCompactCommand(terminal))
                .addSubcommand("completion", completion());
        line.setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setUsageHelpWidth(Math.min(100, terminal.columns()))
                .setParameterExceptionHandler((e, args) -> wrongUsage(terminal, e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(terminal, e));
        return line;
    }

    private static CommandLine completion() {
        CommandLine completion = new CommandLine(new GenerateCompletion());
        completion
                .getCommandSpec()
                .usageMessage()
                .description("Prints a completion script for bash and zsh: source <(deqa completion)");
        return completion;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed, such as deqa score PICTURE");
    }

    private static int wrongUsage(Terminal terminal, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        terminal.err().println("deqa: " + e.getMessage() + " (" + command + " --help tells more)");
        return ExitCode.USAGE;
    }

    private static int failed(Terminal terminal, Exception e) {
        terminal.err().println("deqa: " + describe(e));
        return e instanceof CommandException ended ? ended.exitCode() : ExitCode.SOME_FAILED;
    }

    /** The message of an error made for users; anything else is a fault of the program and says so. */
    static String describe(Throwable e) {
        return e instanceof DeqaException made
                ? made.getMessage()
                : "an error in deqa itself (" + e + "); please report it";
    }

    private static Terminal terminal() {
        String screens = System.getProperty(SCREENS, ""); // the launcher can tell, Java cannot
        return new Terminal(
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                screens.contains("out"),
                screens.contains("err"),
                Integer.getInteger(COLUMNS, Terminal.STANDARD_COLUMNS));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Deqa.class.getPackage().getImplementationVersion();
            return new String[] {"deqa " + (version == null ? "(not packaged)" : version)};
        }
    }
}
