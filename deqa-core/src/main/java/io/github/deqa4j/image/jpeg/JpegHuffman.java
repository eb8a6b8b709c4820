package io.github.deqa4j.image.jpeg;

import java.util.List;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/** A Huffman table of a JPEG file (ITU T.81, annex C). */
final class JpegHuffman {
    /**
     * The default tables, which Motion-JPEG and some cameras leave out, in the order DC 0, DC 1, AC 0, AC 1 (ITU T.81,
     * annex K.3).
     */
    static final List<JpegHuffman> STANDARD = List.of(
            standard(JPEGHuffmanTable.StdDCLuminance),
            standard(JPEGHuffmanTable.StdDCChrominance),
            standard(JPEGHuffmanTable.StdACLuminance),
            standard(JPEGHuffmanTable.StdACChrominance));

    static final int LENGTHS = 16;
    private static final int FAST = 9;

    private final byte[] symbols;
    private final short[] fast = new short[1 << FAST]; // length << 8 | symbol; 0 for longer codes
    private final int[] afterLast = new int[LENGTHS + 2]; // the first 16-bit string after the codes of a length
    private final int[] offset = new int[LENGTHS + 1]; // from a code to the index of its symbol

    /**
     * Assigns codes.
     *
     * @param counts how many codes there are of 1, 2, … 16 bits
     * @param symbols what they stand for
     * @throws IllegalArgumentException if there are more codes than fit
     */
    JpegHuffman(int[] counts, byte[] symbols) {
        this.symbols = symbols;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LENGTHS; length++) {
            offset[length] = index - code;
            for (int i = 0; i < counts[length - 1]; i++) {
                enter(code++, length, symbols[index++]);
            }
            if (code > 1 << length) {
                throw new IllegalArgumentException("there are more Huffman codes of " + length + " bits than fit");
            }
            afterLast[length] = code << (LENGTHS - length);
            code <<= 1;
        }
        afterLast[LENGTHS + 1] = Integer.MAX_VALUE;
    }

    /** Reads a symbol, 0 to 255. */
    int next(JpegBits bits) {
        int ahead = bits.peek(LENGTHS);
        int entry = fast[ahead >> (LENGTHS - FAST)];
        if (entry != 0) {
            bits.skip(entry >> Byte.SIZE);
            return entry & 0xFF;
        }
        int length = 1; // short codes are all in the table, but for those of a table with few codes
        while (ahead >= afterLast[length]) {
            length++;
        }
        if (length > LENGTHS) {
            throw bits.fault("a Huffman code stands for nothing");
        }
        bits.skip(length);
        return symbols[(ahead >> (LENGTHS - length)) + offset[length]] & 0xFF;
    }

    private void enter(int code, int length, byte symbol) {
        int first = code << (FAST - length);
        int past = (code + 1) << (FAST - length);
        for (int i = first; length <= FAST && i < Math.min(past, fast.length); i++) {
            fast[i] = (short) ((length << Byte.SIZE) | (symbol & 0xFF));
        }
    }

    private static JpegHuffman standard(JPEGHuffmanTable table) {
        short[] lengths = table.getLengths();
        int[] counts = new int[LENGTHS];
        for (int i = 0; i < lengths.length; i++) {
            counts[i] = lengths[i];
        }
        byte[] symbols = new byte[table.getValues().length];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = (byte) table.getValues()[i];
        }
        return new JpegHuffman(counts, symbols);
    }
}
