package io.github.deqa4j.cli;

import io.github.deqa4j.hub.HubCache;
import io.github.deqa4j.hub.HubCache.Damage;
import io.github.deqa4j.hub.HubCache.Snapshot;
import io.github.deqa4j.hub.HubRepository;
import io.github.deqa4j.hub.HubSettings;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deqa cache}: the models that were fetched from the hub. */
@Command(
        name = "cache",
        mixinStandardHelpOptions = true,
        description = "Lists, verifies or removes models that were fetched from the Hugging Face hub.",
        synopsisSubcommandLabel = "COMMAND")
final class CacheCommand implements Runnable {
    private static final int COMMIT_DIGITS = 12;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new CacheCommand())
                .addSubcommand(new ListCommand(terminal))
                .addSubcommand(new VerifyCacheCommand(terminal))
                .addSubcommand(new RemoveCommand(terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed, such as deqa cache list");
    }

    private static HubCache cache() {
        return new HubCache(
                CommandException.orUsage(HubSettings::fromEnvironment).cache());
    }

    /** {@code deqa cache list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the models in the cache: repository, revisions, commit, size, and when it was used last.",
            footer = "%nExit status: 0 listed, 1 the cache cannot be read.")
    private static final class ListCommand implements Callable<Integer> {
        private final Terminal terminal;

        ListCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            HubCache cache = cache();
            List<Snapshot> snapshots = cache.snapshots();
            if (snapshots.isEmpty()) {
                terminal.err()
                        .println("there are no models in "
                                + Printable.visible(cache.folder().toString()));
                return ExitCode.OK;
            }
            List<String[]> rows = new ArrayList<>();
            rows.add(new String[] {"repository", "revision", "commit", "size", "last used"});
            for (Snapshot snapshot : snapshots) {
                String commit = snapshot.commit();
                rows.add(new String[] {
                    Printable.visible(snapshot.repository()),
                    Printable.visible(snapshot.revisions().isEmpty() ? "-" : String.join(" ", snapshot.revisions())),
                    Printable.visible(commit.substring(0, Math.min(COMMIT_DIGITS, commit.length()))),
                    HubProgress.size(snapshot.bytes()),
                    LocalDate.ofInstant(snapshot.used(), ZoneId.systemDefault()).toString()
                });
            }
            rows.forEach(row -> terminal.out().println(line(row, rows)));
            return ExitCode.OK;
        }

        private static String line(String[] row, List<String[]> rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                int column = i;
                int width = rows.stream()
                        .mapToInt(other -> other[column].length())
                        .max()
                        .orElse(0);
                line.append(row[i]).append(" ".repeat(width - row[i].length() + 2));
            }
            return line.toString().stripTrailing();
        }
    }

    /** {@code deqa cache verify}. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Reads all files of the cache and compares them with their hashes.",
            footer = "%nExit status: 0 all are right, 1 some are damaged, 2 wrong usage.")
    private static final class VerifyCacheCommand implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "REPO", arity = "0..1", description = "owner/name (default: all repositories)")
        private @Nullable String name;

        VerifyCacheCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            Optional<HubRepository> repository =
                    CommandException.orUsage(() -> Optional.ofNullable(name).map(ModelPlaces::repository));
            HubCache cache = cache();
            List<Damage> damages = cache.verify(repository);
            damages.forEach(damage -> terminal.out().println(damage.file() + ": " + damage.problem()));
            terminal.err()
                    .println(
                            damages.isEmpty()
                                    ? "all files in "
                                            + Printable.visible(cache.folder().toString()) + " have the right hash"
                                    : "deqa: " + damages.size() + (damages.size() == 1 ? " file is" : " files are")
                                            + " damaged; delete what is named above and fetch the model again with: deqa pull REPO");
            return damages.isEmpty() ? ExitCode.OK : ExitCode.SOME_FAILED;
        }
    }

    /** {@code deqa cache remove}. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description =
                    "Removes a model from the cache, or one revision of it with the files that no other revision has.",
            footer = "%nExit status: 0 removed, 1 it is not there or cannot be removed, 2 wrong usage.")
    private static final class RemoveCommand implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "REPO", description = "owner/name, or owner/name@revision for one revision")
        private String name = "";

        RemoveCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            HubRepository repository = CommandException.orUsage(() -> ModelPlaces.repository(name));
            long bytes = name.contains("@")
                    ? cache().removeRevision(repository)
                    : cache().removeRepository(repository.name());
            terminal.err().println(name + ": removed, " + HubProgress.size(bytes));
            return ExitCode.OK;
        }
    }
}
