package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.testkit.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every option that a message, a document or the completion names is one; and the completion offers what help says. */
class DocumentedOptionsTest {
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*(?![\\w-])");
    private static final Pattern COMMAND_LINE =
            Pattern.compile("deqa ((?:dev )?[a-z-]+)((?: [^`|;)]*?)?)(?=[`|;)\"]|$)");
    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");

    /** What begins in the same way: options of torchrun and others, and a variable of a style sheet. */
    private static final Set<String> FOREIGN = Set.of(
            "--nnodes",
            "--nproc-per-node",
            "--node-rank",
            "--master-addr",
            "--master-port",
            "--no-python",
            "--c",
            "--bf16", // of the release
            "--rm", // of podman
            "--read-only",
            "--tmpfs",
            "--cap-drop",
            "--class", // of spark-submit
            "--jars",
            "--conf",
            "--master",
            "--input", // of the job that it runs
            "--table",
            "--task-images",
            "--enable-native-access", // of Java
            "--add-modules");

    @Test
    void everyOptionOfAMessageExists() {
        Set<String> known = known();
        List<String> unknown = new ArrayList<>();
        files("src/main/java", ".java").forEach(file -> {
            Matcher literal = LITERAL.matcher(read(file));
            while (literal.find()) {
                options(literal.group()).stream()
                        .filter(option -> !known.contains(option))
                        .forEach(option -> unknown.add(file + ": " + option));
            }
        });
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyOptionOfADocumentExists() {
        Set<String> known = known();
        List<String> unknown = new ArrayList<>();
        documents()
                .forEach(file -> options(read(file)).stream()
                        .filter(option -> !known.contains(option))
                        .forEach(option -> unknown.add(file + ": " + option)));
        assertThat(unknown).isEmpty();
    }

    /** {@code deqa inspect --batch} is wrong although there is a {@code --batch}. */
    @Test
    void everyOptionBehindACommandIsOneOfThatCommand() {
        CommandSpec deqa = deqa();
        List<String> unknown = new ArrayList<>();
        Stream.concat(documents(), files("src/main/java", ".java"))
                .forEach(file -> read(file).lines().forEach(line -> {
                    Matcher call = COMMAND_LINE.matcher(line);
                    while (call.find()) {
                        String name = call.group(1);
                        command(deqa, name)
                                .ifPresent(command -> options(call.group(2)).stream()
                                        .filter(option -> command.findOption(option) == null)
                                        .forEach(option -> unknown.add(file + ": deqa " + name + " " + option)));
                    }
                }));
        assertThat(unknown).isEmpty();
    }

    @Test
    void completionOffersWhatHelpSays() {
        String script = Shell.deqa("completion").out();
        CommandSpec deqa = deqa();
        assertThat(offered(script, "_picocli_deqa", "commands")).isEqualTo(visibleCommands(deqa));
        assertThat(visibleCommands(deqa))
                .contains("score", "help", "completion", "dev")
                .doesNotContain("verify");
        for (String name : visibleCommands(deqa)) {
            String help = Shell.deqa("help", name).out();
            Set<String> offered = new TreeSet<>();
            offered.addAll(offered(script, "_picocli_deqa_" + name, "flag_opts"));
            offered.addAll(offered(script, "_picocli_deqa_" + name, "arg_opts"));
            Set<String> said = new TreeSet<>(options(help.replaceFirst("(?s)Exit status.*", "")));
            Set<String> words =
                    offered.stream().filter(option -> option.startsWith("--")).collect(Collectors.toSet());
            assertThat(words).as("options of deqa %s", name).containsExactlyInAnyOrderElementsOf(optionsOf(deqa, name));
            assertThat(said).as("help of deqa %s", name).containsAll(words);
        }
    }

    private static Set<String> optionsOf(CommandSpec deqa, String name) {
        return Objects.requireNonNull(deqa.subcommands().get(name)).getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Stream.of(option.names()))
                .filter(option -> option.startsWith("--"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> visibleCommands(CommandSpec deqa) {
        return deqa.subcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The words of a variable in a function of the script. */
    private static Set<String> offered(String script, String function, String variable) {
        Matcher found = Pattern.compile(
                        "function " + function + "\\(\\) \\{.*?\\n +local " + variable + "=\"([^\"]*)\"",
                        Pattern.DOTALL)
                .matcher(script);
        assertThat(found.find()).as("%s of %s", variable, function).isTrue();
        return Stream.of(found.group(1).strip().split("[\\s']+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static CommandSpec deqa() {
        return Deqa.commandLine(Shell.terminal()).getCommandSpec();
    }

    /** A command by its words, such as {@code score} or {@code dev verify}. */
    private static Optional<CommandSpec> command(CommandSpec deqa, String words) {
        Optional<CommandSpec> command = Optional.of(deqa);
        for (String word : words.split(" ", -1)) {
            command = command.map(outer -> outer.subcommands().get(word)).map(CommandLine::getCommandSpec);
        }
        return command;
    }

    private static Set<String> known() {
        Set<String> known = new TreeSet<>(FOREIGN);
        addOptions(deqa(), known);
        return known;
    }

    private static void addOptions(CommandSpec command, Set<String> known) {
        command.options().forEach(option -> known.addAll(List.of(option.names())));
        command.subcommands().values().forEach(inner -> addOptions(inner.getCommandSpec(), known));
    }

    private static Set<String> options(String text) {
        Set<String> options = new LinkedHashSet<>();
        Matcher option = OPTION.matcher(text);
        while (option.find()) {
            options.add(option.group());
        }
        return options;
    }

    private static Stream<Path> documents() {
        return files("", ".md", ".yaml");
    }

    private static Stream<Path> files(String within, String... endings) {
        List<Path> files = Checkout.files(endings).stream()
                .filter(file -> file.toString().contains(within))
                .toList();
        assertThat(files).hasSizeGreaterThan(5);
        return files.stream();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
