package io.github.deqa4j.image.jpeg;

import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.EncodedFile;

/**
 * Reads the bits of a JPEG scan (ITU T.81, section F.2.2.5). FF 00 stands for FF, fill bytes FF may precede it, and any
 * other marker ends the bits. Reading past the end is an error.
 */
final class JpegBits {
    private static final int MARKER = 0xFF;

    private final EncodedFile file;
    private final byte[] bytes;
    private int next;
    private long bits;
    private int count;
    private int padded; // of the bits counted, the last so many are not in the file

    JpegBits(EncodedFile file, int offset) {
        this.file = file;
        this.bytes = file.bytes();
        this.next = offset;
    }

    /** The next bits, up to 16, without taking them. */
    int peek(int length) {
        if (count < length) {
            fill();
        }
        return (int) (bits >>> (count - length)) & ((1 << length) - 1);
    }

    /** Consumes bits that {@link #peek} returned. */
    void skip(int length) {
        count -= length;
        if (count < padded) {
            throw missing();
        }
    }

    /** Takes up to 16 bits. */
    int take(int length) {
        int value = peek(length);
        skip(length);
        return value;
    }

    /** A signed number of this many bits; the lower half of the range stands for negative numbers. */
    int takeSigned(int length) {
        if (length == 0) {
            return 0;
        }
        int value = take(length);
        return value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
    }

    /** The offset after the last byte of which a bit was read. */
    int position() {
        int ahead = (count - padded) / Byte.SIZE;
        int at = next;
        while (ahead > 0) {
            at--;
            boolean stuffed = at > 0 && bytes[at] == 0 && (bytes[at - 1] & 0xFF) == MARKER;
            at -= stuffed ? 1 : 0; // before it there may be fill bytes, too, which only lie further ahead
            ahead--;
        }
        return at;
    }

    /**
     * Discards the rest of the last byte and the bytes that were read ahead. Returns the offset after the bytes that
     * were needed.
     */
    int end() {
        count = 0;
        padded = 0;
        bits = 0;
        return next;
    }

    /** Goes on at an offset. */
    void restart(int offset) {
        end();
        next = offset;
    }

    UnreadableImageException fault(String problem) {
        return file.damaged("the JPEG data before byte " + next + " are damaged: " + problem + "; get a complete copy");
    }

    private void fill() {
        while (count <= Long.SIZE - 2 * Byte.SIZE) {
            int value = next < bytes.length ? bytes[next] & 0xFF : MARKER;
            if (value == MARKER) {
                int after = next;
                while (after < bytes.length && (bytes[after] & 0xFF) == MARKER) {
                    after++;
                }
                if (after >= bytes.length || bytes[after] != 0) {
                    bits <<= Byte.SIZE;
                    count += Byte.SIZE;
                    padded += Byte.SIZE;
                    continue;
                }
                next = after;
            }
            next++;
            bits = (bits << Byte.SIZE) | value;
            count += Byte.SIZE;
        }
    }

    private UnreadableImageException missing() {
        return file.damaged("the image is incomplete: its JPEG data end at byte " + next
                + ", before all pixels are there; get a complete copy");
    }
}
