package io.github.deqa4j.checkpoint;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a weights file, on disk or in memory. It can be mapped and copied after it was closed. */
sealed interface Content extends Closeable {
    long size() throws IOException;

    /** Reads bytes from an offset on, as many as there are and the target has room for; −1 at the end. */
    int read(ByteBuffer target, long offset) throws IOException;

    /** A direct, read-only buffer over bytes that lie inside, without a copy. */
    ByteBuffer map(long offset, long bytes) throws IOException;

    /** Copies bytes that lie inside, as many as the target has room for. */
    void copy(ByteBuffer target, long offset) throws IOException;

    /** A file on disk. Tensors are mapped long after the header was read and the channel closed, so mapping opens the file again. */
    record OnDisk(Path path, FileChannel channel) implements Content {
        static OnDisk open(Path path) throws IOException {
            return new OnDisk(path, FileChannel.open(path, StandardOpenOption.READ));
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
        public void copy(ByteBuffer target, long offset) throws IOException {
            try (FileChannel source =
                    FileChannel.open(path, StandardOpenOption.READ).position(offset)) {
                while (target.hasRemaining()) {
                    if (source.read(target) < 0) {
                        throw new EOFException("the file ends before it");
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** A file that is in memory already. */
    final class InMemory implements Content {
        private final ByteBuffer bytes;

        private InMemory(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        /** Copies bytes out of the heap, where the network cannot read them. */
        static InMemory of(byte[] bytes) {
            return new InMemory(
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer());
        }

        @Override
        public long size() {
            return bytes.capacity();
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            int count = (int) Math.min(target.remaining(), size() - offset);
            if (count <= 0) {
                return -1;
            }
            target.put(bytes.slice((int) offset, count));
            return count;
        }

        @Override
        public ByteBuffer map(long offset, long count) {
            return bytes.slice((int) offset, (int) count);
        }

        @Override
        public void copy(ByteBuffer target, long offset) {
            target.put(bytes.slice((int) offset, target.remaining()));
        }

        @Override
        public void close() {}
    }
}
