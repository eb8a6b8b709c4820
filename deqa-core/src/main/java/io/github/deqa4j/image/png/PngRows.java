package io.github.deqa4j.image.png;

import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.EncodedFile;
import java.nio.ByteBuffer;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The rows of a PNG image: inflated, and their filters undone (PNG specification, sections 9 and 10). */
final class PngRows implements AutoCloseable {
    /** Deflate makes at most 1032 bytes of one. */
    private static final int GREATEST_EXPANSION = 1032;

    private static final int ZLIB_HEADER_BYTES = 2;
    private static final int DEFLATE = 8;
    private static final int NEEDS_DICTIONARY = 0x20;
    private static final int SUM_BYTES = 4;

    private final EncodedFile file;
    private final PngChunks chunks;
    private final byte[] compressed;
    private final Inflater inflater = new Inflater(true); // since the checksum at its end may be missing
    private final Adler32 sum = new Adler32();
    private final int bits;
    private final int pixelBytes;
    private byte[] row = {};
    private byte[] above = {};
    private final byte[] filter = new byte[1];
    private int count;

    /**
     * Begins with the first row.
     *
     * @param bits of a pixel
     * @param bytes of all rows and their filters
     */
    PngRows(EncodedFile file, PngChunks chunks, int bits, long bytes) {
        this.file = file;
        this.chunks = chunks;
        this.compressed = chunks.samples();
        this.bits = bits;
        this.pixelBytes = Math.max(1, bits / Byte.SIZE);
        if (bytes > (long) compressed.length * GREATEST_EXPANSION) {
            chunks.requireEnd();
            throw file.damaged("the image is incomplete: the PNG file has " + compressed.length
                    + " bytes of data, too few for its size; get a complete copy");
        }
        int head = compressed.length < ZLIB_HEADER_BYTES
                ? 0
                : ((compressed[0] & 0xFF) << Byte.SIZE) | (compressed[1] & 0xFF);
        if (((head >> Byte.SIZE) & 0xF) != DEFLATE || head % 31 != 0 || (head & NEEDS_DICTIONARY) != 0) {
            throw damaged("they begin with " + Integer.toHexString(head) + ", which is no zlib header");
        }
        inflater.setInput(compressed, ZLIB_HEADER_BYTES, compressed.length - ZLIB_HEADER_BYTES);
    }

    /**
     * The bytes of the next row. They are valid until the row after it is read.
     *
     * @param columns pixels in it
     * @param first whether there is none above it
     */
    byte[] next(int columns, boolean first) {
        int length = Math.toIntExact(((long) columns * bits + 7) / Byte.SIZE);
        byte[] spare = above;
        above = first ? new byte[length] : row;
        row = spare.length == length ? spare : new byte[length];
        inflate(filter);
        inflate(row);
        unfilter(filter[0]);
        count++;
        return row;
    }

    /** Fails if the checksum after the samples is present and wrong. */
    void requireSum() {
        try {
            inflater.inflate(filter);
        } catch (DataFormatException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        int at = compressed.length - inflater.getRemaining();
        boolean there = inflater.finished() && inflater.getRemaining() >= SUM_BYTES;
        if (there && ByteBuffer.wrap(compressed).getInt(at) != (int) sum.getValue()) {
            throw damaged("they do not match their checksum");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private void inflate(byte[] target) {
        int at = 0;
        try {
            while (at < target.length) {
                int inflated = inflater.inflate(target, at, target.length - at);
                at += inflated;
                if (inflated == 0 && (inflater.finished() || inflater.needsInput())) {
                    chunks.requireEnd();
                    throw file.damaged(
                            "the image is incomplete: the PNG data end after " + count + " rows; get a complete copy");
                }
            }
        } catch (DataFormatException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        sum.update(target);
    }

    private void unfilter(int type) {
        switch (type) {
            case 0 -> {}
            case 1 -> left();
            case 2 -> up();
            case 3 -> average();
            case 4 -> paeth();
            default -> throw damaged("row " + count + " has the filter " + (type & 0xFF) + "; there are 0 to 4");
        }
    }

    private void left() {
        for (int i = pixelBytes; i < row.length; i++) {
            row[i] += row[i - pixelBytes];
        }
    }

    private void up() {
        for (int i = 0; i < row.length; i++) {
            row[i] += above[i];
        }
    }

    private void average() {
        for (int i = 0; i < row.length; i++) {
            int before = i < pixelBytes ? 0 : row[i - pixelBytes] & 0xFF;
            row[i] += (byte) ((before + (above[i] & 0xFF)) / 2);
        }
    }

    /** Adds the neighbor that is nearest to left + above − left above. */
    private void paeth() {
        for (int i = 0; i < row.length; i++) {
            int a = i < pixelBytes ? 0 : row[i - pixelBytes] & 0xFF;
            int b = above[i] & 0xFF;
            int c = i < pixelBytes ? 0 : above[i - pixelBytes] & 0xFF;
            int toA = Math.abs(b - c);
            int toB = Math.abs(a - c);
            int toC = Math.abs(a + b - 2 * c);
            row[i] += (byte) (toA <= toB && toA <= toC ? a : toB <= toC ? b : c);
        }
    }

    private UnreadableImageException damaged(String problem) {
        return file.damaged("the PNG data are damaged: " + problem + "; get a complete copy");
    }
}
