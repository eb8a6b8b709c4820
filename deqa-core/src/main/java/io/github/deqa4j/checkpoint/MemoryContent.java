package io.github.deqa4j.checkpoint;

import java.nio.ByteBuffer;

/** A file that is in memory already. */
final class MemoryContent implements Content {
    private final ByteBuffer bytes;

    private MemoryContent(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Copies bytes out of the heap, where the network cannot read them. */
    static MemoryContent of(byte[] bytes) {
        return new MemoryContent(
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
    public void close() {}
}
