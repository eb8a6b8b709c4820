package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.UnusableModelException;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code deqa}. */
@Command(
        name = "deqa",
        mixinStandardHelpOptions = true,
        versionProvider = Deqa.Version.class,
        description = "Says how good images look: a probability for each of five levels, and the score they give.",
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
        int status = execute(terminal, args);
        terminal.out().flush();
        terminal.err().flush();
        return status;
    }

    private static int execute(Terminal terminal, String... args) {
        try {
            return commandLine(terminal).execute(args);
        } catch (OutOfMemoryError e) {
            terminal.err().println("deqa: memory does not suffice; " + Failures.moreMemory());
            return ExitCode.SOME_FAILED;
        }
    }

    static CommandLine commandLine(Terminal terminal) {
        CommandLine line = new CommandLine(new Deqa())
                .addSubcommand(new ScoreCommand(terminal))
                .addSubcommand(new ServeCommand(terminal))
                .addSubcommand(new InspectCommand(terminal))
                .addSubcommand(new QuantizeCommand(terminal))
                .addSubcommand(new BenchCommand(terminal))
                .addSubcommand(new ImportCommand(terminal))
                .addSubcommand(new LabelsCommand(terminal))
                .addSubcommand(new PredictCommand(terminal))
                .addSubcommand(new EvaluateCommand(terminal))
                .addSubcommand(new CompareCommand(terminal))
                .addSubcommand(new TrainCommand(terminal))
                .addSubcommand(DevCommand.commandLine(terminal))
                .addSubcommand("completion", completion())
                .addSubcommand(new HelpCommand());
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
        throw new ParameterException(spec.commandLine(), "a command is needed, such as deqa score PATH");
    }

    private static int wrongUsage(Terminal terminal, ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String problem = unmatched(e).map(word -> unknown(word, command)).orElseGet(() -> WrongValue.describe(e));
        terminal.err().println("deqa: " + problem + " (" + command.qualifiedName() + " --help tells more)");
        return ExitCode.USAGE;
    }

    /** The word that has no place; one that was meant for a required option counts more than that the option is missing. */
    private static Optional<String> unmatched(ParameterException e) {
        List<String> words = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched()
                : e instanceof MissingParameterException ? e.getCommandLine().getUnmatchedArguments() : List.of();
        return words.stream().findFirst();
    }

    /** A word that the command line has no place for, and what it may have been meant to be. */
    private static String unknown(String word, CommandSpec command) {
        boolean option = word.startsWith("-");
        String typed = option ? word.split("=", 2)[0] : word;
        Map<String, String> known = option ? options(command) : commands(command);
        String meant = NearestWord.of(typed, known.keySet())
                .map(nearest -> "; did you mean " + known.get(nearest) + "?")
                .orElse("");
        if (option) {
            String file = new File(word).exists() ? "; the file of this name is ./" + word : "";
            return command.qualifiedName() + " has no option \"" + typed + "\"" + meant + file;
        }
        return command.subcommands().isEmpty()
                ? command.qualifiedName() + " has no use for \"" + word + "\"; put a name with spaces in quotes"
                : "\"" + word + "\" is not a " + command.qualifiedName() + " command" + meant;
    }

    private static Map<String, String> options(CommandSpec command) {
        Map<String, String> names = new TreeMap<>();
        command.options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Arrays.stream(option.names()))
                .forEach(name -> names.put(name, name));
        return names;
    }

    /** The commands that can be typed after a command, and those below them with all the words that they need. */
    private static Map<String, String> commands(CommandSpec command) {
        Map<String, String> names = new TreeMap<>();
        command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(below -> !below.usageMessage().hidden())
                .forEach(below -> {
                    below.subcommands()
                            .forEach((name, deep) -> names.putIfAbsent(
                                    name, deep.getCommandSpec().qualifiedName()));
                    names.put(below.name(), below.name());
                });
        return names;
    }

    private static int failed(Terminal terminal, Exception e) {
        terminal.err().println("deqa: " + describe(e));
        if (e instanceof CommandException ended) {
            return ended.exitCode();
        }
        return e instanceof UnusableModelException ? ExitCode.NO_MODEL : ExitCode.SOME_FAILED;
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

    /** The version of the build. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"deqa " + io.github.deqa4j.Version.current()};
        }
    }
}
