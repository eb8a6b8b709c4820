package io.github.deqa4j.image.jpeg;

import io.github.deqa4j.image.UnreadableImageException.Reason;
import io.github.deqa4j.image.codec.EncodedFile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tables of a JPEG file, as they are when a scan begins: quantization, Huffman codes and the restart interval. */
final class JpegTables {
    private static final int TABLES = 4;
    private static final int STANDARD_TABLES = 2;
    private static final int MOST_SYMBOLS = 256;
    private static final int MOST_DC_BITS = 15;

    private final EncodedFile file;
    private final int[][] steps = new int[TABLES][]; // in zigzag order
    private final @Nullable JpegHuffman[] huffman = new JpegHuffman[2 * TABLES]; // DC, then AC
    private int restartInterval;

    JpegTables(EncodedFile file) {
        this.file = file;
    }

    /** Units between two restart markers, 0 for none. */
    int restartInterval() {
        return restartInterval;
    }

    /** The quantizer's steps in zigzag order. */
    int[] steps(int table) {
        int[] found = steps[table];
        if (found == null) {
            throw file.damaged("the JPEG file has no quantization table " + table + "; the file is damaged");
        }
        return found;
    }

    JpegHuffman dc(int table) {
        return huffman(table, 0);
    }

    JpegHuffman ac(int table) {
        return huffman(table, 1);
    }

    /** Reads a segment DRI, from its first byte after the length. */
    void readRestartInterval(int offset) {
        restartInterval = file.u16(offset);
    }

    /** Reads a segment DQT. */
    void readSteps(int start, int end) {
        int offset = start;
        while (offset < end) {
            int head = file.u8(offset++);
            int bytes = head >> 4 == 0 ? 1 : 2;
            requireTable("quantisation", head, offset + JpegComponent.SIZE * bytes, end);
            int[] table = new int[JpegComponent.SIZE];
            for (int i = 0; i < table.length; i++) {
                table[i] = bytes == 1 ? file.u8(offset + i) : file.u16(offset + 2L * i);
            }
            steps[head & 0xF] = table;
            offset += JpegComponent.SIZE * bytes;
        }
    }

    /** Reads a segment DHT. */
    void readHuffman(int start, int end) {
        int offset = start;
        while (offset < end) {
            int head = file.u8(offset++);
            requireTable("Huffman", head, offset + JpegHuffman.LENGTHS, end);
            int[] counts = new int[JpegHuffman.LENGTHS];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = file.u8(offset++);
            }
            int symbols = Arrays.stream(counts).sum();
            requireTable("Huffman", head, offset + symbols, symbols > MOST_SYMBOLS ? 0 : end);
            byte[] values = Arrays.copyOfRange(file.bytes(), offset, offset + symbols);
            huffman[(head >> 4) * TABLES + (head & 0xF)] = table(counts, values, offset);
            offset += symbols;
        }
    }

    private JpegHuffman table(int[] counts, byte[] symbols, int offset) {
        try {
            return new JpegHuffman(counts, symbols);
        } catch (IllegalArgumentException e) {
            throw file.fault(
                    Reason.DAMAGED,
                    "the JPEG Huffman table before byte " + offset + " is damaged: " + e.getMessage(),
                    e);
        }
    }

    private void requireTable(String kind, int head, int tableEnd, int end) {
        if (tableEnd > end || (head >> 4) > 1 || (head & 0xF) >= TABLES) {
            throw file.damaged("the JPEG " + kind + " table before byte " + tableEnd
                    + " does not fit into its segment or has no valid number; the file is damaged");
        }
    }

    private JpegHuffman huffman(int table, int kind) {
        if (table >= TABLES) {
            throw file.damaged("a JPEG scan asks for Huffman table " + table + "; there are 0 to " + (TABLES - 1));
        }
        JpegHuffman found = huffman[kind * TABLES + table];
        if (found != null) {
            return found;
        }
        if (table >= STANDARD_TABLES) {
            throw file.damaged("the JPEG file has no Huffman table " + table + "; the file is damaged");
        }
        return JpegHuffman.STANDARD.get(kind * STANDARD_TABLES + table);
    }

    /** The number of bits of a DC difference. */
    static int dcBits(JpegHuffman table, JpegBits bits) {
        int length = table.next(bits);
        if (length > MOST_DC_BITS) {
            throw bits.fault("a DC coefficient has " + length + " bits");
        }
        return length;
    }
}
