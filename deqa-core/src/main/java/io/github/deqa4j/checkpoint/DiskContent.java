package io.github.deqa4j.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on disk. A checkpoint's tensors are mapped long after its header was read, so mapping opens the file anew. */
record DiskContent(Path path, FileChannel channel) implements Content {
    static DiskContent open(Path path) throws IOException {
        return new DiskContent(path, FileChannel.open(path, StandardOpenOption.READ));
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        return channel.read(target, offset);
    }

    @Override
    public ByteBuffer map(long offset, long bytes) throws IOException {
        try (FileChannel mapped = FileChannel.open(path, StandardOpenOption.READ)) {
            return mapped.map(FileChannel.MapMode.READ_ONLY, offset, bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
