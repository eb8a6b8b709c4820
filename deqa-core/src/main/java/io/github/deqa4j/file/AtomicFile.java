package io.github.deqa4j.file;

import io.github.deqa4j.DeqaException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that appears whole or not at all: it is written under another name in the same folder and moved into place by
 * {@link #commit}. Closed without that, it leaves nothing behind and the file that stood there before untouched. A symbolic
 * link stays one: the file that it leads to is replaced.
 */
public final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final OutputStream stream;

    /**
     * Starts writing.
     *
     * @throws DeqaException if the folder does not exist or cannot be written to
     */
    public AtomicFile(Path target) {
        requirePossible(target);
        this.target = linked(target);
        temporary = temporary(this.target);
        try {
            stream = new BufferedOutputStream(Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW));
            temporary.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new DeqaException(target + ": the folder cannot be written to; choose another place", e);
        }
    }

    /**
     * Checks, before long work, that a file can be put there.
     *
     * @throws DeqaException if the folder does not exist or cannot be written to, or the name is that of a folder, a pipe or a
     *     device
     */
    public static void requirePossible(Path target) {
        if (target.getFileName() == null || Files.isDirectory(target)) {
            throw new DeqaException(target + ": this is a folder; name a file to write");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new DeqaException(
                    target + ": this is a pipe or a device, which a file cannot replace; name a file to write");
        }
        if (!Files.isDirectory(folder(target)) || !Files.isWritable(folder(target))) {
            throw new DeqaException(target + ": the folder " + folder(target)
                    + " does not exist or cannot be written to; make it first or choose another place");
        }
    }

    /** Writes a text whole, in UTF-8. */
    public static void write(Path target, String text) {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes whole. */
    public static void write(Path target, byte[] bytes) {
        try (AtomicFile file = new AtomicFile(target)) {
            file.stream().write(bytes);
            file.commit();
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /** Writes a file under another name. */
    @FunctionalInterface
    public interface Filling {
        void write(Path temporary) throws IOException;
    }

    /**
     * Writes a file whole, by code that wants a path rather than a stream.
     *
     * @param filling makes the file that it is given the name of; what else it throws is passed on
     * @throws DeqaException if the file cannot be written; nothing is left then and what stood there is untouched
     */
    public static void fill(Path target, Filling filling) {
        Path file = linked(target);
        Path temporary = temporary(file);
        try {
            filling.write(temporary);
            move(temporary, file);
        } catch (IOException e) {
            throw new DeqaException(target + ": the file cannot be written (" + e + ")", e);
        } finally {
            deleteIfLeft(temporary);
        }
    }

    /** Where to write; buffered. */
    public OutputStream stream() {
        return stream;
    }

    /**
     * Moves the file into place.
     *
     * @throws DeqaException if the disk is full or the file cannot be moved; what stood there before is untouched
     */
    public void commit() {
        try {
            stream.close();
            move(temporary, target);
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /** Removes what was not committed. */
    @Override
    public void close() {
        try (OutputStream closing = stream) {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /** Moves a finished file over another in the same folder, at once where the file system can. */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Where a link leads, so that it is not itself replaced. */
    private static Path linked(Path target) {
        try {
            return Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target;
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    private static Path temporary(Path target) {
        return target.resolveSibling("." + UUID.randomUUID() + ".tmp"); // whole names may leave no room for more
    }

    private static void deleteIfLeft(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new DeqaException(temporary + ": the unfinished file cannot be deleted (" + e + ")", e);
        }
    }

    private static Path folder(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        return folder == null ? target.toAbsolutePath() : folder;
    }

    private static DeqaException failed(Path target, IOException e) {
        return new DeqaException(
                target + ": writing failed (" + e.getMessage() + "); free some space or choose another place", e);
    }
}
