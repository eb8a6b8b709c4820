package io.github.deqa4j.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a weights file, on disk or in memory. Closed, it can still be mapped. */
interface Content extends Closeable {
    long size() throws IOException;

    /** Reads bytes from an offset on, as many as there are and the target has room for; −1 at the end. */
    int read(ByteBuffer target, long offset) throws IOException;

    /** A direct, read-only buffer over bytes that lie inside, without a copy. */
    ByteBuffer map(long offset, long bytes) throws IOException;
}
