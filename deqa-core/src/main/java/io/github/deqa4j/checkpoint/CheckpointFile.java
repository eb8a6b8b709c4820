package io.github.deqa4j.checkpoint;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file read in pieces, each of which must lie inside it. */
final class CheckpointFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final long size;

    private CheckpointFile(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /**
     * Opens a file.
     *
     * @throws DeqaException if there is none, it is no regular file, or it cannot be read
     */
    static CheckpointFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new DeqaException(path + ": " + kind(path));
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new CheckpointFile(path, channel, channel.size());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static String kind(Path path) {
        if (Files.isDirectory(path)) {
            return "this is a directory; a weights file is expected";
        }
        return Files.exists(path) ? "this is no regular file; a weights file is expected" : "there is no such file";
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** The first bytes, at most so many. */
    ByteBuffer start(int most) {
        return read(0, (int) Math.min(size, most), "start");
    }

    /**
     * Reads bytes, which no caller asks for before the file has shown that it is large enough.
     *
     * @param what names the piece in a message
     * @return a little-endian buffer from position 0 to {@code length}
     * @throws MalformedCheckpointException if they reach beyond the end
     */
    ByteBuffer read(long offset, int length, String what) {
        verify(
                offset >= 0 && length >= 0 && offset <= size - length,
                Math.max(0, Math.min(offset, size)),
                "the file ends inside its %s; it was cut off or damaged",
                what);
        try {
            ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining()) {
                int count = channel.read(buffer, offset + buffer.position());
                verify(count > 0, offset, "the file became shorter while it was read");
            }
            return buffer.flip();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    void verify(boolean condition, long offset, String problem, Object... values) {
        MalformedCheckpointException.verify(condition, path, offset, problem, values);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static DeqaException unreadable(Path path, IOException e) {
        return new DeqaException(path + ": the file cannot be read (" + e + ")", e);
    }
}
