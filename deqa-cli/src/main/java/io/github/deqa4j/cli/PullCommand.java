package io.github.deqa4j.cli;

import io.github.deqa4j.hub.HubRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code deqa pull}: a model from the hub into the cache. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description =
                "Fetches a model from the Hugging Face hub into the cache that Python's huggingface_hub uses, and prints the"
                        + " directory that it is in.",
        footer = "%nExit status: 0 all files are there and verified, 1 they are not, 2 wrong usage.")
final class PullCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "REPO",
            description = "owner/name, or owner/name@revision with a branch, a tag or a commit (default: main)")
    private String name = "";

    PullCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        HubRepository repository = CommandException.orUsage(() -> ModelPlaces.repository(name));
        terminal.out().println(new ModelPlaces(terminal).fetch(repository));
        return ExitCode.OK;
    }
}
