package io.github.deqa4j.image.tiff;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Decodes LZW as in TIFF 6.0 (section 13), and as libtiff wrote it before 1990: bits from the lowest on, and codes that
 * grow one entry later.
 */
final class LzwInputStream extends InputStream {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST_FREE = 258;
    private static final int SHORTEST = 9;
    private static final int LONGEST = 12;
    private static final int TABLE_SIZE = 1 << LONGEST;
    private static final int NONE = -1;

    private final ByteBuffer data;
    private final boolean old;
    private final short[] prefix = new short[TABLE_SIZE];
    private final byte[] last = new byte[TABLE_SIZE];
    private final short[] length = new short[TABLE_SIZE];
    private final byte[] string = new byte[TABLE_SIZE];

    private int bitBuffer;
    private int bitCount;
    private int codeBits = SHORTEST;
    private int free = FIRST_FREE;
    private int previous = NONE;
    private int stringAt;
    private int stringEnd;
    private boolean ended;

    LzwInputStream(ByteBuffer data) {
        this.data = data;
        this.old = data.limit() >= 2 && data.get(0) == 0 && (data.get(1) & 1) == 1;
        for (int i = 0; i < CLEAR; i++) {
            last[i] = (byte) i;
            length[i] = 1;
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? string[stringAt++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int copied = Math.min(count, stringEnd - stringAt);
        System.arraycopy(string, stringAt, into, offset, copied);
        stringAt += copied;
        return copied;
    }

    /** Decodes the next string if the last one is used up. Returns whether there is one. */
    private boolean fill() throws IOException {
        while (stringAt == stringEnd && !ended) {
            int code = nextCode();
            if (code == CLEAR) {
                codeBits = SHORTEST;
                free = FIRST_FREE;
                previous = NONE;
            } else if (code == END || code == NONE) {
                ended = true;
            } else {
                decode(code);
            }
        }
        return stringAt < stringEnd;
    }

    private void decode(int code) throws IOException {
        if (code > free || (code == free && previous == NONE) || (code >= CLEAR && code < FIRST_FREE)) {
            throw new IOException("LZW code " + code + " has no meaning");
        }
        if (previous != NONE && free < TABLE_SIZE) {
            add(code);
        }
        if (code >= free) {
            throw new IOException("LZW code " + code + " has no meaning");
        }
        spell(code);
        previous = code;
        int limit = (1 << codeBits) - (old ? 0 : 1);
        if (free >= limit && codeBits < LONGEST) {
            codeBits++;
        }
    }

    /** Adds the last string, followed by the first byte of the new one, to the table. */
    private void add(int code) {
        prefix[free] = (short) previous;
        length[free] = (short) (length[previous] + 1);
        last[free] = firstOf(code == free ? previous : code);
        free++;
    }

    private byte firstOf(int code) {
        int first = code;
        while (first >= FIRST_FREE) {
            first = prefix[first];
        }
        return last[first];
    }

    private void spell(int code) {
        stringAt = 0;
        stringEnd = length[code];
        int rest = code;
        for (int i = stringEnd - 1; i >= 0; i--) {
            string[i] = last[rest];
            rest = prefix[rest];
        }
    }

    private int nextCode() {
        while (bitCount < codeBits) {
            if (!data.hasRemaining()) {
                return NONE;
            }
            int next = data.get() & 0xFF;
            bitBuffer = old ? bitBuffer | next << bitCount : bitBuffer << Byte.SIZE | next;
            bitCount += Byte.SIZE;
        }
        bitCount -= codeBits;
        int code = (old ? bitBuffer : bitBuffer >>> bitCount) & ((1 << codeBits) - 1);
        bitBuffer = old ? bitBuffer >>> codeBits : bitBuffer;
        return code;
    }
}
