package io.github.deqa4j.image.webp;

import java.io.IOException;

/** The arithmetic decoder of VP8 (RFC 6386, section 7): one decision at a time, each with the probability of a zero. */
final class Vp8BoolDecoder {
    private static final int EVEN = 128;
    /** How many bytes past the end may be read ahead as zeros before decisions depend on them. */
    private static final int LOOKAHEAD = 2;

    private final byte[] bytes;
    private final int end;
    private int next;
    private int range = 254; // less one, 127 … 254 between decisions
    private long value;
    private int bits = -8; // of the value that lie below the eight that are compared

    /** Reads bytes from start to end, exclusive. */
    Vp8BoolDecoder(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.next = start;
        this.end = end;
    }

    /** A decision, 0 or 1. */
    int bit(int probability) throws IOException {
        while (bits < 0) {
            load();
        }
        int split = (range * probability) >> 8;
        int width;
        int bit;
        if ((value >> bits) > split) {
            value -= (long) (split + 1) << bits;
            width = range - split;
            bit = 1;
        } else {
            width = split + 1;
            bit = 0;
        }
        int shift = Integer.numberOfLeadingZeros(width) - 24;
        range = (width << shift) - 1;
        bits -= shift;
        return bit;
    }

    boolean flag() throws IOException {
        return bit(EVEN) == 1;
    }

    boolean flag(int probability) throws IOException {
        return bit(probability) == 1;
    }

    /** An unsigned number of so many bits, the most significant first. */
    int literal(int count) throws IOException {
        int result = 0;
        for (int i = 0; i < count; i++) {
            result = (result << 1) | bit(EVEN);
        }
        return result;
    }

    /** A number and its sign, or 0 where a flag says that there is none. */
    int optional(int count) throws IOException {
        if (!flag()) {
            return 0;
        }
        int magnitude = literal(count);
        return flag() ? -magnitude : magnitude;
    }

    private void load() throws IOException {
        if (next >= end + LOOKAHEAD) {
            throw new IOException("the samples of the lossy frame end too early");
        }
        value = (value << 8) | (next < end ? bytes[next] & 0xFF : 0);
        next++;
        bits += 8;
    }
}
