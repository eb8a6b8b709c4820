package io.github.deqa4j.checkpoint;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file read in pieces, each of which must lie inside it. */
final class CheckpointFile implements AutoCloseable {
    private final String name;
    private final Content content;
    private final long size;

    /** @param name what messages call the file */
    private CheckpointFile(String name, Content content) throws IOException {
        this.name = name;
        this.content = content;
        this.size = content.size();
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
            return new CheckpointFile(path.toString(), Content.OnDisk.open(path));
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    /**
     * A file that is in memory already.
     *
     * @param name what messages call it
     */
    static CheckpointFile of(String name, byte[] bytes) {
        try {
            return new CheckpointFile(name, Content.InMemory.of(bytes));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static String kind(Path path) {
        if (Files.isDirectory(path)) {
            return "this is a directory; a weights file is expected";
        }
        return Files.exists(path) ? "this is no regular file; a weights file is expected" : "there is no such file";
    }

    /** What messages call it. */
    String name() {
        return name;
    }

    Content content() {
        return content;
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
                int count = content.read(buffer, offset + buffer.position());
                verify(count > 0, offset, "the file became shorter while it was read");
            }
            return buffer.flip();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    void verify(boolean condition, long offset, String problem, Object... values) {
        MalformedCheckpointException.verify(condition, name, offset, problem, values);
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static DeqaException unreadable(String name, IOException e) {
        return new DeqaException(name + ": the file cannot be read (" + e + ")", e);
    }
}
