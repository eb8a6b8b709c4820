package io.github.deqa4j.file;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An exclusive right to write to a file or directory, across processes. It is a lock on a file beside the target, which
 * the system releases when the process ends in whatever way. A lock on the target itself does not work: the system
 * drops it as soon as the process closes that file anywhere.
 */
public final class FileLock implements AutoCloseable {
    private static final String ENDING = ".lock";

    private final Path lockFile;
    private final FileChannel channel;

    private FileLock(Path lockFile, FileChannel channel) {
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /**
     * Takes the right.
     *
     * @param written the file or directory to be written, which need not exist; its folder must
     * @throws DeqaException if another run has the right, or the folder cannot be written to
     */
    public static FileLock of(Path written) {
        return of(written, written.resolveSibling(written.getFileName() + ENDING));
    }

    /**
     * Takes the right to a directory that exists; the lock lies in it.
     *
     * @throws DeqaException as {@link #of(Path)}
     */
    public static FileLock ofDirectory(Path directory) {
        return of(directory, directory.resolve(ENDING));
    }

    private static FileLock of(Path written, Path lockFile) {
        try {
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locks(channel)) {
                channel.close();
                throw new DeqaException(
                        written + ": another run is writing here; let it end first, or choose another place");
            }
            return new FileLock(lockFile, channel);
        } catch (IOException e) {
            throw new DeqaException(written + ": the folder cannot be written to; choose another place", e);
        }
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            throw new DeqaException(lockFile + ": the file cannot be deleted; delete it by hand", e);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }
}
