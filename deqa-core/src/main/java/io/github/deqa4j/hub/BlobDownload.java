package io.github.deqa4j.hub;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches one blob into the cache. It is written to a file of another name, which a later download continues, and gets its name when its
 * size and its hash are right.
 */
final class BlobDownload {
    private static final int PARTIAL = 206;
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");
    private static final double GIGA = 1e9;

    private final HubApi api;
    private final RepositoryFolder folder;
    private final RemoteFile file;
    private final HubListener listener;
    private final Space space;
    private final Path incomplete;

    /** Tells how many bytes the disk of a folder has free. */
    @FunctionalInterface
    interface Space {
        /** The system's. */
        Space SYSTEM = folder -> Files.getFileStore(folder).getUsableSpace();

        long free(Path folder) throws IOException;
    }

    BlobDownload(HubApi api, RepositoryFolder folder, RemoteFile file, HubListener listener, Space space) {
        this.api = api;
        this.folder = folder;
        this.file = file;
        this.listener = listener;
        this.space = space;
        incomplete = folder.incomplete(file.id());
    }

    /**
     * Fetches it, twice if the first one is damaged.
     *
     * @throws DeqaException if it cannot be fetched or stored, or its hash is wrong twice
     */
    void run() throws IOException {
        String found = transfer();
        if (!found.equals(file.id().hash())) {
            listener.note(file.name() + ": the file arrived damaged; fetching it again");
            found = transfer();
        }
        if (!found.equals(file.id().hash())) {
            throw new DeqaException(file.name() + ": the hash of what the hub sends is " + found + ", but must be "
                    + file.id() + "; it was fetched twice and nothing was stored; try again later");
        }
        AtomicFile.move(incomplete, folder.blob(file.id()));
        listener.ended();
    }

    /** Fetches what is missing and gives the hash of the whole. A damaged file is deleted. */
    private String transfer() throws IOException {
        requireSpace();
        try (FileChannel channel = open()) {
            if (channel.size() > file.size()) {
                channel.truncate(0);
            }
            listener.began(file.path(), file.size(), channel.size());
            receive(channel);
            channel.force(true);
        }
        String hash = file.id().hashOf(incomplete); // of what the disk has, not of what was sent
        if (!hash.equals(file.id().hash())) {
            Files.deleteIfExists(incomplete);
        }
        return hash;
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(
                incomplete, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private void receive(FileChannel channel) throws IOException {
        Retries retries = api.retries(file.repository());
        long place = channel.size();
        long furthest = place;
        while (place < file.size()) {
            try (HubHttp.Answer answer = api.bytes(file, place)) {
                place = start(answer, place);
                for (Optional<List<ByteBuffer>> next = answer.body().next();
                        next.isPresent();
                        next = answer.body().next()) {
                    place = write(channel, next.get(), place);
                    if (place > furthest) { // a server without ranges begins anew each time, perhaps for ever
                        furthest = place;
                        retries.succeeded();
                    }
                    listener.reached(place);
                }
                if (place < file.size()) {
                    throw new IOException("the connection broke after " + place + " of " + file.size() + " bytes");
                }
            } catch (IOException e) {
                if (e instanceof StatusException refused && refused.isWrongRange()) {
                    place = 0;
                }
                retries.failed(e);
            }
        }
    }

    /** Where the bytes of an answer belong. A server that knows no ranges sends the file from its start. */
    private long start(HubHttp.Answer answer, long asked) throws IOException {
        if (answer.status() != PARTIAL) {
            return 0;
        }
        String range = answer.header("Content-Range").orElse("");
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()
                || !matcher.group(1).equals(String.valueOf(asked))
                || !List.of(String.valueOf(file.size()), "*").contains(matcher.group(3))) {
            throw new IOException("the server was asked for the bytes from " + asked + " of " + file.size()
                    + " on and sends " + Excerpt.quoted(range));
        }
        return asked;
    }

    private long write(FileChannel channel, List<ByteBuffer> pieces, long from) {
        long place = from;
        try {
            for (ByteBuffer piece : pieces) {
                if (place + piece.remaining() > file.size()) {
                    throw new DeqaException(file.name() + ": the server sends more than the " + file.size()
                            + " bytes that the hub's list says; nothing was stored; try again later");
                }
                while (piece.hasRemaining()) {
                    place += channel.write(piece, place);
                }
            }
            return place;
        } catch (IOException e) {
            throw unwritable(place, e);
        }
    }

    private DeqaException unwritable(long place, IOException e) {
        try {
            requireSpace();
        } catch (IOException unknown) {
            e.addSuppressed(unknown);
        }
        return new DeqaException(
                incomplete + ": writing failed after " + place + " of " + file.size() + " bytes (" + Excerpt.reason(e)
                        + "); free some space or choose another folder for the cache",
                e);
    }

    private void requireSpace() throws IOException {
        long there = Files.exists(incomplete) ? Files.size(incomplete) : 0;
        requireSpace(folder.blobs(), Math.max(0, file.size() - there), space, file.name());
    }

    /**
     * Checks that a disk has room.
     *
     * @param what what is to be stored, for the message
     */
    static void requireSpace(Path folder, long needed, Space space, String what) throws IOException {
        long free = space.free(folder);
        if (needed > free && free >= 0) {
            throw new DeqaException(what + ": the disk of " + folder + " needs " + size(needed) + " more and has "
                    + size(free) + " free; free some space or choose another folder for the cache");
        }
    }

    private static String size(long bytes) {
        return bytes < GIGA / 10
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / GIGA);
    }
}
