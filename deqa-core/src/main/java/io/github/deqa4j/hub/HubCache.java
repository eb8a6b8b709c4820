package io.github.deqa4j.hub;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the cache of models has, whoever stored it. Links that lead out of it are neither followed nor deleted through. */
public final class HubCache {
    private static final String MODELS = "models--";

    private final Path cache;

    /** Where it is. */
    public Path folder() {
        return cache;
    }

    /** The cache in a folder, which need not exist. */
    public HubCache(Path folder) {
        cache = folder.toAbsolutePath().normalize();
    }

    /**
     * A commit of a repository in the cache.
     *
     * @param repository {@code owner/name}
     * @param commit its 40 digits
     * @param revisions the branches and tags that were this commit when they were fetched
     * @param bytes the size of its files; other commits may share some
     * @param used when a file of it was read last, as far as the file system tells
     */
    public record Snapshot(String repository, String commit, Set<String> revisions, long bytes, Instant used) {}

    /**
     * A file of the cache that is not what its name says.
     *
     * @param file the file
     * @param problem what is wrong, in half a sentence
     */
    public record Damage(Path file, String problem) {}

    /** All snapshots, by repository and commit. */
    public List<Snapshot> snapshots() {
        List<Snapshot> snapshots = new ArrayList<>();
        reading(() -> {
            for (RepositoryFolder folder : repositories()) {
                for (Path snapshot : children(folder.snapshots())) {
                    if (Files.isDirectory(snapshot, LinkOption.NOFOLLOW_LINKS)) {
                        snapshots.add(describe(folder, snapshot.getFileName().toString()));
                    }
                }
            }
        });
        return snapshots;
    }

    private Snapshot describe(RepositoryFolder folder, String commit) throws IOException {
        long bytes = 0;
        Instant used = Instant.EPOCH;
        Set<Object> counted = new HashSet<>();
        for (Path file : files(folder.snapshot(commit))) {
            if (isInside(file)) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                bytes += counted.add(file.toRealPath()) ? attributes.size() : 0;
                Instant read = attributes.lastAccessTime().toInstant();
                used = read.isAfter(used) ? read : used;
            }
        }
        return new Snapshot(name(folder), commit, revisions(folder, commit), bytes, used);
    }

    /**
     * Reads every blob and every file of a snapshot.
     *
     * @param repository whose; empty for all
     * @return what is damaged; empty if nothing is
     * @throws DeqaException if the cache does not have the repository
     */
    public List<Damage> verify(Optional<HubRepository> repository) {
        List<Damage> damages = new ArrayList<>();
        reading(() -> {
            for (RepositoryFolder folder :
                    repository.map(this::require).map(List::of).orElseGet(this::repositories)) {
                for (Path blob : children(folder.blobs())) {
                    verifyBlob(blob).ifPresent(damages::add);
                }
                for (Path snapshot : children(folder.snapshots())) {
                    for (Path file : files(snapshot)) {
                        verifyFile(folder, snapshot, file).ifPresent(damages::add);
                    }
                }
            }
        });
        return damages;
    }

    private Optional<Damage> verifyBlob(Path blob) throws IOException {
        Optional<BlobId> id = BlobId.of(blob.getFileName().toString());
        if (id.isEmpty()) { // what is being fetched
            return Optional.empty();
        }
        if (!isInside(blob)) {
            return Optional.of(new Damage(blob, "is a link that leads nowhere or out of the cache"));
        }
        String hash = id.get().hashOf(blob);
        return hash.equals(id.get().hash()) ? Optional.empty() : Optional.of(new Damage(blob, "has the hash " + hash));
    }

    /** A link must lead to the blob that the list of files names, which was verified; any other file is compared with the list. */
    private Optional<Damage> verifyFile(RepositoryFolder folder, Path snapshot, Path file) throws IOException {
        if (!isInside(file)) {
            return Optional.of(new Damage(file, "is a link that leads nowhere or out of the cache"));
        }
        String path = snapshot.relativize(file).toString().replace('\\', '/');
        Optional<BlobId> id = folder.storedListing(snapshot.getFileName().toString())
                .map(listing -> listing.files().get(path))
                .map(Listing.Entry::id);
        Optional<Path> linked = RepositoryFolder.linked(file);
        return id.isPresent()
                        && !linked.equals(id.map(folder::blob))
                        && !id.get().matches(file)
                ? Optional.of(new Damage(file, "has the hash " + id.get().hashOf(file)))
                : Optional.empty();
    }

    /**
     * Removes a repository with all that was fetched of it.
     *
     * @return the bytes that are free now
     * @throws DeqaException if the cache does not have it, or it is being fetched
     */
    public long removeRepository(String name) {
        RepositoryFolder folder = require(new HubRepository(name, HubRepository.MAIN));
        requireIdle(name, folder);
        long bytes = bytes(folder);
        AtomicDirectory.delete(folder.folder());
        return bytes;
    }

    /**
     * Removes the commit that a revision is, and the blobs that no other commit has.
     *
     * @return the bytes that are free now
     * @throws DeqaException if the cache does not have it, a folder of it leads out of the cache, or it is being fetched
     */
    public long removeRevision(HubRepository repository) {
        RepositoryFolder folder = require(repository);
        reading(folder::requireInside);
        String commit = folder.commit(repository.revision())
                .filter(known -> Files.isDirectory(folder.snapshot(known), LinkOption.NOFOLLOW_LINKS))
                .orElseThrow(() -> new DeqaException(repository + ": the cache does not have this revision"));
        requireIdle(repository.name(), folder);
        long before = bytes(folder);
        reading(() -> remove(folder, commit));
        return before - bytes(folder);
    }

    private void remove(RepositoryFolder folder, String commit) throws IOException {
        Set<Path> released = blobs(folder, commit);
        AtomicDirectory.delete(folder.snapshot(commit));
        for (String revision : revisions(folder, commit)) {
            Files.deleteIfExists(folder.refs().resolve(revision));
        }
        Files.deleteIfExists(folder.listing(commit));
        List<Path> left = children(folder.snapshots());
        for (Path other : left) {
            released.removeAll(blobs(folder, other.getFileName().toString()));
        }
        for (Path blob : released) {
            Files.deleteIfExists(blob);
        }
        if (left.isEmpty()) {
            AtomicDirectory.delete(folder.folder());
        }
    }

    /** A download whose files are removed would fail. The files of the locks stay, as {@link BlobLock} says. */
    private void requireIdle(String name, RepositoryFolder folder) {
        reading(() -> {
            for (Path lock : children(folder.locks())) {
                if (BlobLock.isTaken(lock)) {
                    throw new DeqaException(name + ": a download of it is running; remove it when that has ended");
                }
            }
        });
    }

    /** The blobs that a snapshot links to. */
    private static Set<Path> blobs(RepositoryFolder folder, String commit) throws IOException {
        Set<Path> blobs = new TreeSet<>();
        for (Path file : files(folder.snapshot(commit))) {
            RepositoryFolder.linked(file)
                    .filter(blob -> folder.blobs().equals(blob.getParent()))
                    .ifPresent(blobs::add);
        }
        return blobs;
    }

    private static long bytes(RepositoryFolder folder) {
        long[] bytes = {0};
        reading(() -> {
            for (Path file : files(folder.folder())) {
                bytes[0] += Files.isSymbolicLink(file) ? 0 : Files.size(file);
            }
        });
        return bytes[0];
    }

    private RepositoryFolder require(HubRepository repository) {
        RepositoryFolder folder = RepositoryFolder.of(cache, repository);
        if (!Files.isDirectory(folder.folder(), LinkOption.NOFOLLOW_LINKS)) {
            throw new DeqaException(repository.name() + ": the cache " + cache + " does not have it");
        }
        return folder;
    }

    private List<RepositoryFolder> repositories() {
        List<RepositoryFolder> found = new ArrayList<>();
        reading(() -> {
            for (Path folder : children(cache)) {
                String name = folder.getFileName().toString();
                if (name.startsWith(MODELS) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(new RepositoryFolder(cache, folder));
                }
            }
        });
        return found;
    }

    private static String name(RepositoryFolder folder) {
        return folder.folder()
                .getFileName()
                .toString()
                .substring(MODELS.length())
                .replace("--", "/");
    }

    private static Set<String> revisions(RepositoryFolder folder, String commit) throws IOException {
        NavigableMap<String, String> commits = new TreeMap<>();
        for (Path ref : files(folder.refs())) {
            String revision = folder.refs().relativize(ref).toString().replace('\\', '/');
            folder.commit(revision).ifPresent(found -> commits.put(revision, found));
        }
        commits.values().removeIf(other -> !other.equals(commit));
        return commits.keySet();
    }

    /** Whether a path is a file of the cache, or a link to one. */
    private boolean isInside(Path file) throws IOException {
        return Files.isRegularFile(file) && file.toRealPath().startsWith(cache.toRealPath());
    }

    /** Everything below a folder but folders; links are not followed. */
    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || !folder.toRealPath().startsWith(cache.toRealPath())) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }

    /** Work on files. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void reading(Work work) {
        try {
            work.run();
        } catch (IOException | UncheckedIOException e) { // a stream of files throws the second
            throw new DeqaException("the cache cannot be read or changed (" + Excerpt.reason(e) + ")", e);
        }
    }
}
