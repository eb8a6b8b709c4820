package io.github.deqa4j.image.webp;

import io.github.deqa4j.image.codec.EncodedFile;
import java.io.IOException;

/**
 * Reads the bits of a lossless WebP image, the least significant bit of each byte first. Reading past the end is an
 * error.
 */
final class Vp8lBits {
    private final EncodedFile file;
    private final byte[] bytes;
    private final int end;
    private int next;
    private long bits;
    private int count;

    /** Reads bytes from start to end, exclusive. */
    Vp8lBits(EncodedFile file, int start, int end) {
        this.file = file;
        this.bytes = file.bytes();
        this.next = start;
        this.end = end;
    }

    /** The file that the bits are in. */
    EncodedFile file() {
        return file;
    }

    /** The next bits, up to 16, without consuming them. Bits past the end are zeros. */
    int peek(int length) {
        while (count < length && next < end) {
            bits |= (bytes[next++] & 0xFFL) << count;
            count += Byte.SIZE;
        }
        return (int) bits & ((1 << length) - 1);
    }

    /** Consumes bits that {@link #peek} returned. */
    void skip(int length) throws IOException {
        if (length > count) {
            throw new IOException("the samples of the lossless image end too early, so the image is incomplete");
        }
        bits >>>= length;
        count -= length;
    }

    /** Takes up to 16 bits. */
    int take(int length) throws IOException {
        int value = peek(length);
        skip(length);
        return value;
    }

    /** Takes up to 32 bits, of which an unsigned number below 2³¹ is expected. */
    int takeLong(int length) throws IOException {
        if (length <= 16) {
            return take(length);
        }
        int low = take(16);
        return low | (take(length - 16) << 16);
    }

    boolean flag() throws IOException {
        return take(1) == 1;
    }
}
