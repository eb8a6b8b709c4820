package io.github.deqa4j.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Keeps two of deqa4j's downloads from fetching one blob at the same time, in one process or in several. It is a lock on the file that
 * Python's {@code huggingface_hub} locks, too, but on Unix the two do not see each other: Python calls {@code flock}, the JDK {@code fcntl}.
 * The cache is right all the same, because each writes to a name that the other does not use and moves a complete file into place. Then
 * the file was merely fetched twice.
 *
 * <p>The lock file stays. Whoever deletes one lets the next process lock another file of the same name.
 */
final class BlobLock implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final FileChannel channel;

    private BlobLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the lock.
     *
     * @param busy is run once if another download has it
     */
    static BlobLock take(Path file, Waiting waiting, Runnable busy) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = locks(channel);
            if (!locked) {
                busy.run();
            }
            while (!locked) { // the channel stays open meanwhile: to close it would drop the lock of another thread
                waiting.pause(INTERVAL);
                locked = locks(channel);
            }
            return new BlobLock(channel);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** Whether a download has the lock. */
    static boolean isTaken(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return !locks(channel);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process has it
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
