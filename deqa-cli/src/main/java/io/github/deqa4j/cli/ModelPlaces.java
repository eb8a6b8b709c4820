package io.github.deqa4j.cli;

import io.github.deqa4j.hub.HubClient;
import io.github.deqa4j.hub.HubRepository;
import io.github.deqa4j.hub.HubSettings;
import io.github.deqa4j.torch.ModelSource.Hub;
import io.github.deqa4j.torch.load.NeededFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directories of models that users name: as directories, or as {@code hub:owner/name[@revision]}, which is fetched once. */
final class ModelPlaces {
    private final Terminal terminal;
    private final Map<String, Path> fetched = new HashMap<>();

    ModelPlaces(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Checks a name without asking the hub.
     *
     * @throws CommandException with the status of wrong usage
     */
    static void requirePossible(@Nullable String name) {
        if (name != null && name.startsWith(Hub.PREFIX)) {
            CommandException.requireUsage(() -> repository(name));
        }
    }

    /** The repository that a name is, with or without {@code hub:} before it. */
    static HubRepository repository(String name) {
        return HubRepository.parse(name.startsWith(Hub.PREFIX) ? name.substring(Hub.PREFIX.length()) : name);
    }

    /**
     * The directory of a name.
     *
     * @throws io.github.deqa4j.DeqaException if it cannot be fetched
     */
    Path directory(String name) {
        return name.startsWith(Hub.PREFIX)
                ? fetched.computeIfAbsent(name, key -> fetch(repository(key)))
                : Path.of(name);
    }

    /** The directory of a name that may be missing. */
    Optional<Path> optional(@Nullable String name) {
        return Optional.ofNullable(name).map(this::directory);
    }

    /** Fetches what a model needs, and says how far it is. */
    Path fetch(HubRepository repository) {
        try (HubProgress progress = new HubProgress(terminal)) {
            return new HubClient(HubSettings.fromEnvironment(), progress).pull(repository, new NeededFiles());
        }
    }
}
