package io.github.deqa4j.hub;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A repository in the cache, in the layout of {@code huggingface_hub}: {@code blobs} has contents by their hash, {@code snapshots} for
 * each commit a tree of links to them, {@code refs} the commits of branches and tags, {@code trees} the hub's lists of files.
 *
 * @param cache the folder of the cache
 * @param folder the repository's folder in it
 */
record RepositoryFolder(Path cache, Path folder) {
    static final String LOCKS = ".locks";
    private static final String TREES = "trees";

    /** Ends the name of a file that is being fetched. Python's names end in the same way, but have no {@code deqa4j}. */
    static final String INCOMPLETE = ".deqa4j.incomplete";

    static RepositoryFolder of(Path cache, HubRepository repository) {
        return new RepositoryFolder(cache, cache.resolve(repository.folder()));
    }

    Path blobs() {
        return folder.resolve("blobs");
    }

    Path snapshots() {
        return folder.resolve("snapshots");
    }

    Path refs() {
        return folder.resolve("refs");
    }

    Path snapshot(String commit) {
        return snapshots().resolve(commit);
    }

    Path blob(BlobId id) {
        return blobs().resolve(id.hash());
    }

    Path incomplete(BlobId id) {
        return blobs().resolve(id.hash() + INCOMPLETE);
    }

    Path lock(BlobId id) {
        return locks().resolve(id.hash() + ".lock");
    }

    Path locks() {
        return cache.resolve(LOCKS).resolve(folder.getFileName());
    }

    Path listing(String commit) {
        return folder.resolve(TREES).resolve(commit + ".json");
    }

    /** Whether a blob is there with a number of bytes. Its hash was checked when it was stored. */
    boolean has(BlobId id, long size) throws IOException {
        Path blob = blob(id);
        return isFileInside(blob) && Files.size(blob) == size;
    }

    /**
     * Whether a file is there, which may be a link to another one in the cache.
     *
     * @throws DeqaException if it is a link that leads out of the cache
     */
    boolean isFileInside(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        requireInside(file);
        return true;
    }

    /**
     * Makes a folder of the repository.
     *
     * @throws DeqaException if one on the way is a link that leads out of the cache
     */
    void make(Path below) throws IOException {
        Files.createDirectories(cache);
        for (Path path = cache; !path.equals(below); ) {
            path = path.resolve(below.getName(path.getNameCount()));
            if (Files.isSymbolicLink(path)) {
                requireInside(path);
            }
            Files.createDirectories(path);
        }
    }

    /**
     * Checks the folders that a repository has.
     *
     * @throws DeqaException if one is a link that leads out of the cache
     */
    void requireInside() throws IOException {
        for (Path part : List.of(blobs(), snapshots(), refs(), folder.resolve(TREES))) {
            if (Files.exists(part)) {
                requireInside(part);
            }
        }
    }

    private void requireInside(Path path) throws IOException {
        if (!path.toRealPath().startsWith(cache.toRealPath())) {
            throw new DeqaException(path + ": this leads out of the cache " + cache + ", to " + path.toRealPath()
                    + "; remove the link, or use that folder as a directory");
        }
    }

    /** Shows a blob in a snapshot: as a relative link, or as a copy where links cannot be made. */
    void show(String commit, String path, BlobId id) throws IOException {
        Path file = snapshot(commit).resolve(path);
        if (isShown(file, id)) {
            return;
        }
        Path parent = file.resolveSibling("");
        make(parent);
        Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            link(temporary, parent.relativize(blob(id)), blob(id));
            AtomicFile.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void link(Path link, Path target, Path blob) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException | UnsupportedOperationException e) { // Windows wants a right for links; FAT has none
            Files.copy(blob, link, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /**
     * Whether a file of a snapshot is a link to a blob, or a copy of its size.
     *
     * @throws DeqaException if it is a link that leads out of the cache
     */
    boolean isShown(String commit, String path, BlobId id) throws IOException {
        Path file = snapshot(commit).resolve(path);
        return isFileInside(file) && isShown(file, id);
    }

    private boolean isShown(Path file, BlobId id) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return linked(file).equals(Optional.of(blob(id).toAbsolutePath().normalize()));
        }
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == Files.size(blob(id));
    }

    /** Where a link of a snapshot leads in one step; empty if it is no link. */
    static Optional<Path> linked(Path file) throws IOException {
        return Files.isSymbolicLink(file)
                ? Optional.of(file.resolveSibling(Files.readSymbolicLink(file))
                        .toAbsolutePath()
                        .normalize())
                : Optional.empty();
    }

    /** The commit that a revision was when it was fetched last. */
    Optional<String> commit(String revision) {
        if (HubRepository.isCommit(revision)) {
            return Optional.of(revision);
        }
        try {
            Path ref = refs().resolve(revision);
            return isFileInside(ref)
                    ? Optional.of(Files.readString(ref).strip()).filter(HubRepository::isCommit)
                    : Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Stores what commit a revision is. */
    void refer(String revision, String commit) throws IOException {
        if (!HubRepository.isCommit(revision) && !commit(revision).equals(Optional.of(commit))) {
            Path ref = refs().resolve(revision);
            make(ref.resolveSibling(""));
            AtomicFile.write(ref, commit);
        }
    }

    /** The list of files that was stored; empty if there is none. */
    Optional<Listing> storedListing(String commit) {
        try {
            Path file = listing(commit);
            return isFileInside(file) ? Listing.ofJson(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    void store(String commit, Listing listing) throws IOException {
        make(listing(commit).resolveSibling(""));
        AtomicFile.write(listing(commit), listing.toJson());
    }

    private DeqaException unreadable(IOException e) {
        return new DeqaException(folder + ": this folder of the cache cannot be read (" + Excerpt.reason(e) + ")", e);
    }
}
