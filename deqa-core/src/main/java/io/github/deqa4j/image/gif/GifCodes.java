package io.github.deqa4j.image.gif;

import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.EncodedFile;

/**
 * The samples of a GIF frame: codes of variable width (LZW) in blocks of up to 255 bytes, after the GIF89a specification,
 * appendix F.
 */
final class GifCodes {
    private static final int MOST_BITS = 12;
    private static final int NONE = -1;

    private final EncodedFile file;
    private final int pixels;
    private final int clear;
    private int read;

    private int next; // offset of the next byte
    private int inBlock; // bytes left in the block
    private int bits;
    private int bitCount;

    private final int[] prefix = new int[1 << MOST_BITS];
    private final byte[] last = new byte[1 << MOST_BITS];
    private int size;
    private int width;
    private int previous = NONE;
    private byte previousFirst;

    private final byte[] stack = new byte[(1 << MOST_BITS) + 1];
    private int stacked;

    /**
     * Begins a frame.
     *
     * @param offset of the byte that gives the least width of a code
     * @param pixels of the frame
     */
    GifCodes(EncodedFile file, int offset, int pixels) {
        int leastBits = file.u8(offset);
        if (leastBits > Byte.SIZE) {
            throw file.damaged("the GIF frame has samples of " + leastBits
                    + " bits; there can be at most 8, so the file is damaged");
        }
        this.file = file;
        this.pixels = pixels;
        this.clear = 1 << leastBits;
        this.next = offset + 1;
        for (int i = 0; i < clear; i++) {
            last[i] = (byte) i;
        }
        reset();
    }

    /** Reads the next samples, as many as the row has. */
    void read(byte[] row) {
        int at = 0;
        while (at < row.length) {
            if (stacked == 0) {
                expand(code());
            }
            int count = Math.min(stacked, row.length - at);
            for (int i = 0; i < count; i++) {
                row[at++] = stack[--stacked];
            }
            read += count;
        }
    }

    private void reset() {
        size = clear + 2;
        width = Integer.numberOfTrailingZeros(clear) + 1;
        previous = NONE;
    }

    /** Puts the samples of a code on the stack, the first one on top. */
    private void expand(int code) {
        if (code == clear) {
            reset();
            return;
        }
        if (code == clear + 1) {
            throw incomplete();
        }
        if (previous == NONE ? code >= clear : code > size || (code == size && size == prefix.length)) {
            throw file.damaged("the GIF frame has the code " + code + " before byte " + next
                    + ", which stands for nothing; the file is damaged");
        }
        int rest = code;
        if (code == size && previous != NONE) { // the code that is being defined: the previous one and its first sample
            stack[stacked++] = previousFirst;
            rest = previous;
        }
        while (rest > clear) {
            stack[stacked++] = last[rest];
            rest = prefix[rest];
        }
        stack[stacked++] = last[rest];
        previousFirst = last[rest];
        define();
        previous = code;
    }

    /** The table grows by the previous code and the first sample of this one. */
    private void define() {
        if (previous != NONE && size < prefix.length) {
            prefix[size] = previous;
            last[size] = previousFirst;
            size++;
            if (size == 1 << width && width < MOST_BITS) {
                width++;
            }
        }
    }

    private int code() {
        while (bitCount < width) {
            if (inBlock == 0) {
                block();
            }
            file.require(next, 1);
            bits |= file.u8(next++) << bitCount;
            bitCount += Byte.SIZE;
            inBlock--;
        }
        int code = bits & ((1 << width) - 1);
        bits >>>= width;
        bitCount -= width;
        return code;
    }

    /** Empty blocks within the data are skipped unless a frame, an extension or the end of the file follows them. */
    private void block() {
        inBlock = file.u8(next++);
        while (inBlock == 0) {
            if (next >= file.length() || GifHeader.beginsPart(file.u8(next))) {
                throw incomplete();
            }
            inBlock = file.u8(next++);
        }
    }

    private UnreadableImageException incomplete() {
        return file.damaged("the image is incomplete: the GIF frame has " + pixels + " pixels, but its data end after "
                + read + "; get a complete copy");
    }
}
