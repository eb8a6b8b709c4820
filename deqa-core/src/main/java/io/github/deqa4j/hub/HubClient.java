package io.github.deqa4j.hub;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fetches models from the Hugging Face hub into the cache. A revision is looked up once and everything is fetched by the commit that it is
 * then, so that a revision which moves meanwhile cannot mix files.
 */
public final class HubClient {
    /** How long a server may send nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HubSettings settings;
    private final HubListener listener;
    private final Waiting waiting;
    private final BlobDownload.Space space;
    private final HubApi api;

    /** The hub of some settings. */
    public HubClient(HubSettings settings, HubListener listener) {
        this(settings, listener, Waiting.SYSTEM, BlobDownload.Space.SYSTEM, PATIENCE);
    }

    HubClient(
            HubSettings settings, HubListener listener, Waiting waiting, BlobDownload.Space space, Duration patience) {
        this.settings = settings;
        this.listener = listener;
        this.waiting = waiting;
        this.space = space;
        api = new HubApi(settings, waiting, listener, patience);
    }

    /**
     * The directory with files of a repository, which are fetched where the cache does not have them. Where the hub cannot be reached, the
     * commit that was fetched last is used if it is complete, and the listener is told. A commit that is complete in the cache is used
     * without asking the hub.
     *
     * @return the snapshot of the commit; its files are links into the cache
     * @throws DeqaException if a file cannot be fetched, verified or stored
     */
    public Path pull(HubRepository repository, FileSelection selection) {
        try {
            CachedSnapshot cached = new CachedSnapshot(folder(repository), repository);
            if (settings.offline()) {
                return cached.require(selection, "the hub is not asked, because offline is set", listener);
            }
            if (HubRepository.isCommit(repository.revision()) && cached.isComplete(selection)) {
                return cached.path();
            }
            return online(repository, selection, cached);
        } catch (IOException e) {
            throw new DeqaException(
                    settings.cache() + ": the cache cannot be written to (" + Excerpt.reason(e)
                            + "); make it writable or choose another folder for it",
                    e);
        }
    }

    private Path online(HubRepository repository, FileSelection selection, CachedSnapshot cached) throws IOException {
        String commit;
        try {
            commit = HubRepository.isCommit(repository.revision()) ? repository.revision() : api.commit(repository);
        } catch (UnreachableException e) {
            if (!cached.isComplete(selection)) {
                throw e;
            }
            listener.note(e.getMessage() + "; using the commit " + cached.commit() + " of the cache");
            return cached.path();
        }
        RepositoryFolder folder = folder(repository);
        Fetching fetching = new Fetching(repository, commit, folder, listing(repository, commit, folder));
        fetching.all(selection);
        folder.refer(repository.revision(), commit);
        return folder.snapshot(commit);
    }

    private RepositoryFolder folder(HubRepository repository) {
        return RepositoryFolder.of(settings.cache().toAbsolutePath().normalize(), repository);
    }

    /** A commit does not change, so neither does its list of files. */
    private Listing listing(HubRepository repository, String commit, RepositoryFolder folder) throws IOException {
        Optional<Listing> stored = folder.storedListing(commit);
        if (stored.isPresent()) {
            return stored.get();
        }
        Listing listing = api.list(repository, commit);
        folder.store(commit, listing);
        return listing;
    }

    /** The files of one commit. */
    private final class Fetching {
        private final HubRepository repository;
        private final String commit;
        private final RepositoryFolder folder;
        private final Listing listing;

        Fetching(HubRepository repository, String commit, RepositoryFolder folder, Listing listing) {
            this.repository = repository;
            this.commit = commit;
            this.folder = folder;
            this.listing = listing;
        }

        void all(FileSelection selection) throws IOException {
            folder.make(folder.snapshots()); // without it, Python calls the repository damaged
            Set<String> selected = new TreeSet<>(
                    selection.select(repository.name(), listing.files().keySet(), this::oneForSelection));
            selected.removeIf(path -> {
                try {
                    return isThere(path);
                } catch (IOException e) {
                    throw new DeqaException(
                            folder.folder() + ": the cache cannot be read (" + Excerpt.reason(e) + ")", e);
                }
            });
            long bytes = selected.stream().mapToLong(path -> entry(path).size()).sum();
            listener.planned(repository, commit, selected.size(), bytes);
            if (bytes > 0) {
                folder.make(folder.blobs());
                BlobDownload.requireSpace(folder.blobs(), bytes - partial(selected), space, repository.name());
            }
            for (String path : selected) {
                one(path);
            }
            folder.make(folder.snapshot(commit));
        }

        /** The bytes of files that an earlier download left incomplete. */
        private long partial(Set<String> selected) {
            return selected.stream()
                    .map(path -> folder.incomplete(entry(path).id()).toFile().length())
                    .mapToLong(Long::longValue)
                    .sum();
        }

        private Path oneForSelection(String path) {
            try {
                return one(path);
            } catch (IOException e) {
                throw new DeqaException(
                        folder.folder() + ": the cache cannot be written to (" + Excerpt.reason(e) + ")", e);
            }
        }

        private Path one(String path) throws IOException {
            RemotePath.require(repository.toString(), path);
            Listing.Entry entry = entry(path);
            if (!folder.has(entry.id(), entry.size())) {
                download(api.file(repository, commit, path, entry));
            }
            folder.show(commit, path, entry.id());
            return folder.snapshot(commit).resolve(path);
        }

        private void download(RemoteFile file) throws IOException {
            folder.make(folder.blobs());
            folder.make(folder.locks());
            Runnable busy = () -> listener.note(file.name() + ": another download of it is running; waiting for that");
            try (BlobLock lock = BlobLock.take(folder.lock(file.id()), waiting, busy)) {
                Objects.requireNonNull(lock);
                if (!folder.has(file.id(), file.size())) { // the other download may have stored it
                    new BlobDownload(api, folder, file, listener, space).run();
                }
            }
        }

        private boolean isThere(String path) throws IOException {
            RemotePath.require(repository.toString(), path);
            BlobId id = entry(path).id();
            return folder.has(id, entry(path).size()) && folder.isShown(commit, path, id);
        }

        private Listing.Entry entry(String path) {
            Listing.Entry entry = listing.files().get(path);
            if (entry == null) {
                throw new DeqaException(repository + ": the repository has no file " + Excerpt.quoted(path)
                        + ", which it needs; it is incomplete");
            }
            return entry;
        }
    }
}
