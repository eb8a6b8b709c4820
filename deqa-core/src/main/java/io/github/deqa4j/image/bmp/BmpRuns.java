package io.github.deqa4j.image.bmp;

import io.github.deqa4j.image.codec.EncodedFile;
import java.util.Arrays;

/**
 * Decodes the run-length coded indices of a BMP file (RLE8 and RLE4). Pixels that an end of row or a jump skips have
 * index 0. As in Pillow, the pixels are one sequence: a row that is too long continues in the next row.
 */
final class BmpRuns {
    private static final int END_OF_ROW = 0;
    private static final int END_OF_IMAGE = 1;
    private static final int JUMP = 2;

    private final EncodedFile file;
    private final boolean halfBytes;
    private final int width;
    private final int pixels;
    private long at;
    private byte[] indices;
    private int count;
    private int column;

    BmpRuns(EncodedFile file, BmpHeader header, boolean halfBytes) {
        this.file = file;
        this.halfBytes = halfBytes;
        this.width = header.width();
        this.pixels = header.width() * header.height();
        this.at = header.firstSample();
        this.indices = new byte[Math.min(pixels, 1 << 16)]; // grows with what is there
    }

    /** The indices of all pixels, in the file's order of rows. */
    byte[] read() {
        boolean more = true;
        while (more && count < pixels && at + 2 <= file.length()) {
            int length = file.u8(at);
            int value = file.u8(at + 1);
            at += 2;
            if (length > 0) {
                run(Math.max(0, Math.min(length, width - column)), value);
            } else {
                more = special(value);
            }
        }
        if (count < pixels) {
            throw file.damaged("the image is incomplete: the BMP header announces " + pixels
                    + " pixels, but the runs end after " + count + "; get a complete copy");
        }
        return indices.length == pixels ? indices : Arrays.copyOf(indices, pixels);
    }

    private void run(int length, int value) {
        for (int i = 0; i < length; i++) {
            put(halfBytes ? i % 2 == 0 ? value >> 4 : value & 0xF : value);
        }
        column += length;
    }

    /** Executes the command after a zero byte. Returns whether more data follow. */
    private boolean special(int code) {
        switch (code) {
            case END_OF_ROW -> {
                skip((width - count % width) % width);
                column = 0;
            }
            case END_OF_IMAGE -> {
                return false;
            }
            case JUMP -> {
                skip((long) file.u8(at + 1) * width + file.u8(at));
                at += 2;
                column = count % width;
            }
            default -> copy(code);
        }
        return true;
    }

    /** Copies indices one by one; their bytes end at an even offset. Pillow takes half a byte too few for odd counts. */
    private void copy(int length) {
        int bytes = halfBytes ? length / 2 : length;
        file.require(at, bytes);
        for (int i = 0; i < bytes; i++) {
            int value = file.u8(at + i);
            if (halfBytes) {
                put(value >> 4);
                put(value & 0xF);
            } else {
                put(value);
            }
        }
        column += length;
        at += bytes;
        at += at % 2;
    }

    private void skip(long length) {
        for (long i = 0; i < length && count < pixels; i++) {
            put(0);
        }
    }

    private void put(int index) {
        if (count == pixels) {
            return;
        }
        if (count == indices.length) {
            indices = Arrays.copyOf(indices, (int) Math.min(pixels, 2L * count));
        }
        indices[count++] = (byte) index;
    }
}
