package io.github.deqa4j.image.webp;

import java.io.IOException;
import java.util.Arrays;

/** A prefix code of a lossless WebP image (WebP Lossless Bitstream Specification, section 6). */
final class Vp8lCode {
    private static final int LENGTHS = 15;
    private static final int FAST = 8;
    private static final int[] ORDER_OF_LENGTHS = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int FIRST_REPETITION = 16;
    private static final int DEFAULT_LENGTH = 8;

    private final int fastBits;
    private final int[] fast; // symbol << 4 | length; 0 for longer codes
    private final int[] counts = new int[LENGTHS + 1];
    private final int[] symbols; // in the order of their codes

    /**
     * Assigns codes. One symbol alone needs no bits.
     *
     * @param lengths of the symbols' codes, 0 for those that do not occur
     */
    private Vp8lCode(int[] lengths) throws IOException {
        for (int length : lengths) {
            counts[length]++;
        }
        counts[0] = 0;
        symbols = sorted(lengths);
        if (symbols.length == 1) {
            fastBits = 0;
            fast = new int[0];
            return;
        }
        int longest = requireComplete();
        fastBits = Math.min(FAST, longest);
        fast = new int[1 << fastBits];
        enterShortCodes();
    }

    /** Reads a code for symbols from 0 to a number, exclusive. */
    static Vp8lCode read(Vp8lBits bits, int alphabet) throws IOException {
        int[] lengths = new int[alphabet];
        if (bits.flag()) {
            readOneOrTwo(bits, lengths);
        } else {
            readLengths(bits, lengths);
        }
        return new Vp8lCode(lengths);
    }

    /** Reads a symbol. */
    int next(Vp8lBits bits) throws IOException {
        if (symbols.length == 1) {
            return symbols[0];
        }
        int ahead = bits.peek(LENGTHS);
        int entry = fast[ahead & (fast.length - 1)];
        if (entry != 0) {
            bits.skip(entry & 0xF);
            return entry >> 4;
        }
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= LENGTHS; length++) {
            code |= (ahead >> (length - 1)) & 1;
            if (code - first < counts[length]) {
                bits.skip(length);
                return symbols[index + code - first];
            }
            index += counts[length];
            first = (first + counts[length]) << 1;
            code <<= 1;
        }
        throw new IOException("a code of the lossless image stands for nothing");
    }

    private int[] sorted(int[] lengths) {
        int[] at = new int[LENGTHS + 2];
        for (int length = 1; length <= LENGTHS; length++) {
            at[length + 1] = at[length] + counts[length];
        }
        int[] sorted = new int[at[LENGTHS + 1]];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                sorted[at[lengths[symbol]]++] = symbol;
            }
        }
        return sorted;
    }

    /** Checks that every string of bits stands for a symbol. Returns the length of the longest code. */
    private int requireComplete() throws IOException {
        int open = 1;
        int longest = 0;
        for (int length = 1; length <= LENGTHS; length++) {
            open = 2 * open - counts[length];
            longest = counts[length] > 0 ? length : longest;
            if (open < 0) {
                break;
            }
        }
        if (open != 0) {
            throw new IOException("a prefix code of the lossless image is not complete");
        }
        return longest;
    }

    private void enterShortCodes() {
        int code = 0;
        int index = 0;
        for (int length = 1; length <= fastBits; length++) {
            for (int i = 0; i < counts[length]; i++, code++, index++) {
                int reversed = Integer.reverse(code) >>> (Integer.SIZE - length);
                for (int at = reversed; at < fast.length; at += 1 << length) {
                    fast[at] = (symbols[index] << 4) | length;
                }
            }
            code <<= 1;
        }
    }

    private static void readOneOrTwo(Vp8lBits bits, int[] lengths) throws IOException {
        boolean two = bits.flag();
        int first = bits.take(bits.flag() ? Byte.SIZE : 1);
        setLength(lengths, first);
        if (two) {
            setLength(lengths, bits.take(Byte.SIZE));
        }
    }

    private static void setLength(int[] lengths, int symbol) throws IOException {
        if (symbol >= lengths.length) {
            throw new IOException(
                    "a prefix code of the lossless image has the symbol " + symbol + " of " + lengths.length);
        }
        lengths[symbol] = 1;
    }

    /** Lengths are themselves coded, with codes for repetitions. */
    private static void readLengths(Vp8lBits bits, int[] lengths) throws IOException {
        int[] ofLengths = new int[ORDER_OF_LENGTHS.length];
        int given = 4 + bits.take(4);
        for (int i = 0; i < given; i++) {
            ofLengths[ORDER_OF_LENGTHS[i]] = bits.take(3);
        }
        Vp8lCode code = new Vp8lCode(ofLengths);
        int left = bits.flag() ? 2 + bits.take(2 + 2 * bits.take(3)) : lengths.length;
        int previous = DEFAULT_LENGTH;
        int symbol = 0;
        while (symbol < lengths.length && left-- > 0) {
            int length = code.next(bits);
            if (length < FIRST_REPETITION) {
                lengths[symbol++] = length;
                previous = length == 0 ? previous : length;
            } else {
                int count = repetitions(bits, length);
                if (count > lengths.length - symbol) {
                    throw new IOException("the lengths of a prefix code of the lossless image go beyond its symbols");
                }
                Arrays.fill(lengths, symbol, symbol + count, length == FIRST_REPETITION ? previous : 0);
                symbol += count;
            }
        }
    }

    private static int repetitions(Vp8lBits bits, int code) throws IOException {
        return switch (code) {
            case FIRST_REPETITION -> 3 + bits.take(2);
            case FIRST_REPETITION + 1 -> 3 + bits.take(3);
            default -> 11 + bits.take(7);
        };
    }
}
