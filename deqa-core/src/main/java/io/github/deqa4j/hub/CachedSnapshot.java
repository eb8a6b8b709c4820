package io.github.deqa4j.hub;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A revision as the cache has it, whoever stored it. */
final class CachedSnapshot {
    private final RepositoryFolder folder;
    private final HubRepository repository;
    private final Optional<String> commit;
    private final Optional<Listing> listing;

    CachedSnapshot(RepositoryFolder folder, HubRepository repository) {
        this.folder = folder;
        this.repository = repository;
        commit = folder.commit(repository.revision());
        listing = commit.flatMap(known -> folder.storedListing(known));
    }

    /** The commit that the revision was when it was fetched; only of a revision that is there. */
    String commit() {
        return commit.orElseThrow();
    }

    /** The directory of the files; only of a revision that is there. */
    Path path() {
        return folder.snapshot(commit());
    }

    /** Whether all files that are needed are known to be there. */
    boolean isComplete(FileSelection selection) {
        try {
            return listing.isPresent() && missing(selection).isEmpty();
        } catch (MissingFileException e) {
            return false;
        }
    }

    /**
     * The directory of the files.
     *
     * @param why why the hub is not asked, for messages
     * @throws DeqaException if a file that is needed is not there
     */
    Path require(FileSelection selection, String why, HubListener listener) {
        if (commit.isEmpty() || !Files.isDirectory(path())) {
            throw new DeqaException(repository + ": the cache does not have it, and " + why);
        }
        Set<String> missing = missingOr(selection, why);
        if (!missing.isEmpty()) {
            throw missing(missing.iterator().next(), why);
        }
        if (listing.isEmpty()) {
            listener.note(repository
                    + ": the cache has no list of its files, so whether all of them are there cannot be told");
        }
        return path();
    }

    /** What is missing; without a list of files, the choice can fail because the cache has only some of them. */
    private Set<String> missingOr(FileSelection selection, String why) {
        try {
            return missing(selection);
        } catch (DeqaException e) {
            if (listing.isPresent()) {
                throw e;
            }
            throw new DeqaException(
                    repository + ": the cache has only some of its files (" + e.getMessage() + "), and " + why, e);
        }
    }

    private DeqaException missing(String path, String why) {
        return new DeqaException(
                repository + ": the cache does not have its file " + Excerpt.quoted(path) + ", and " + why);
    }

    private Set<String> missing(FileSelection selection) {
        Set<String> names =
                listing.<Set<String>>map(known -> known.files().keySet()).orElseGet(this::present);
        Set<String> selected = new TreeSet<>(selection.select(repository.name(), names, this::file));
        selected.removeIf(this::isThere);
        return selected;
    }

    private Path file(String path) {
        if (!isThere(path)) {
            throw new MissingFileException(
                    missing(path, "the hub was not asked").getMessage());
        }
        return path().resolve(path);
    }

    private boolean isThere(String path) {
        RemotePath.require(repository.toString(), path);
        try {
            Path file = path().resolve(path);
            return folder.isFileInside(file) && hasSize(path, Files.size(file));
        } catch (IOException e) {
            throw new DeqaException(path() + ": the cache cannot be read (" + Excerpt.reason(e) + ")", e);
        }
    }

    private boolean hasSize(String path, long size) {
        return listing.map(known -> known.files().get(path))
                .map(entry -> entry.size() == size)
                .orElse(true);
    }

    private Set<String> present() {
        try (Stream<Path> files = Files.walk(path())) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> path().relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException | UncheckedIOException e) { // a stream of files throws the second
            throw new DeqaException(path() + ": the cache cannot be read (" + Excerpt.reason(e) + ")", e);
        }
    }

    /** A file that the choice depends on is not there. */
    private static final class MissingFileException extends DeqaException {
        private static final long serialVersionUID = 1L;

        MissingFileException(String message) {
            super(message);
        }
    }
}
