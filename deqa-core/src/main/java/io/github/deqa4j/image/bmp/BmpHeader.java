package io.github.deqa4j.image.bmp;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;
import java.util.Arrays;

/**
 * The headers of a BMP file: those of Windows (40 to 124 bytes) and of OS/2 (12, 16 to 64 bytes). A header of OS/2 2.x
 * may end after any field.
 */
final class BmpHeader {
    static final int PLAIN = 0;
    static final int RUNS_OF_BYTES = 1;
    static final int RUNS_OF_HALF_BYTES = 2;
    static final int BIT_FIELDS = 3;
    private static final int ALPHA_BIT_FIELDS = 6;

    private static final int FILE_HEADER_BYTES = 14;
    private static final int CORE_HEADER_BYTES = 12;
    private static final int LEAST_LONG_HEADER_BYTES = 16;
    private static final int WINDOWS_HEADER_BYTES = 40;
    private static final int OS2_HEADER_BYTES = 64;
    private static final int GREATEST_HEADER_BYTES = 124;
    private static final int PALETTE_SIZE = 256;
    private static final int[] NO_MASKS = {};
    private static final int[] MASKS_OF_555 = {0x7C00, 0x3E0, 0x1F};
    private static final int[] MASKS_OF_888 = {0xFF0000, 0xFF00, 0xFF};

    private final EncodedFile file;
    private final int headerBytes;
    private final int bits;
    private final int compression;
    private final int width;
    private final int height;
    private final boolean topDown;
    private final int[] masks;
    private final long paletteAt;
    private final long colors;
    private final long samplesAt;

    BmpHeader(EncodedFile file) {
        this.file = file;
        this.headerBytes = headerBytes();
        boolean core = headerBytes == CORE_HEADER_BYTES;
        int storedHeight = core ? file.u16Little(20) : (int) file.u32Little(22);
        this.topDown = storedHeight < 0;
        this.height = Math.abs(storedHeight);
        this.width = core ? file.u16Little(18) : (int) file.u32Little(18);
        file.checkSize(width, height);
        this.bits = file.u16Little(core ? 24 : 28);
        this.compression = compression();
        this.masks = masks();
        this.paletteAt = FILE_HEADER_BYTES + headerBytes + (hasMasksBehind() ? 4L * masks.length : 0);
        long used = field(46);
        this.colors = bits > Byte.SIZE ? 0 : used == 0 ? 1 << bits : used;
        this.samplesAt = samplesAt();
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    boolean isTopDown() {
        return topDown;
    }

    /** Bits of a pixel: 1, 2, 4, 8 (an index), 16, 24 or 32. */
    int bits() {
        return bits;
    }

    /** How samples are stored: {@link #PLAIN}, {@link #RUNS_OF_BYTES}, {@link #RUNS_OF_HALF_BYTES}, {@link #BIT_FIELDS}. */
    int compression() {
        int value = (int) field(30);
        boolean known = switch (value) {
            case PLAIN -> bits <= Byte.SIZE || bits == 16 || bits == 24 || bits == 32;
            case RUNS_OF_BYTES, RUNS_OF_HALF_BYTES -> bits == 4 || bits == 8;
            case BIT_FIELDS, ALPHA_BIT_FIELDS ->
                (bits == 16 || bits == 24 || bits == 32) && headerBytes >= WINDOWS_HEADER_BYTES;
            default -> false;
        };
        if (!known || (Integer.bitCount(bits) != 1 && bits != 24)) {
            throw file.unsupported("BMP samples of " + bits + " bits with compression " + field(30)
                    + " cannot be read; save the image as PNG");
        }
        return value == ALPHA_BIT_FIELDS ? BIT_FIELDS : value;
    }

    /** Where red, green and blue lie in a pixel of 16 bits or more. */
    int[] colorMasks() {
        return masks;
    }

    /** Offset of the samples. */
    long firstSample() {
        return samplesAt;
    }

    /** The colors that indices stand for, [256 × 3]; black after the last one. */
    byte[] palette() {
        byte[] palette = new byte[PALETTE_SIZE * RgbImage.CHANNELS];
        int entry = headerBytes == CORE_HEADER_BYTES ? 3 : 4;
        for (int i = 0; i < Math.min(colors, PALETTE_SIZE) && paletteAt + (i + 1L) * entry <= file.length(); i++) {
            for (int c = 0; c < RgbImage.CHANNELS; c++) {
                palette[i * RgbImage.CHANNELS + c] = (byte) file.u8(paletteAt + (long) i * entry + 2 - c);
            }
        }
        return palette;
    }

    private int headerBytes() {
        long bytes = file.u32Little(FILE_HEADER_BYTES);
        boolean known = bytes == CORE_HEADER_BYTES
                || (bytes >= LEAST_LONG_HEADER_BYTES && bytes <= OS2_HEADER_BYTES)
                || bytes == 108
                || bytes == GREATEST_HEADER_BYTES;
        if (!known) {
            throw file.damaged(
                    "the BMP header has " + bytes + " bytes, as in no version of Windows or OS/2; the file is damaged");
        }
        file.require(FILE_HEADER_BYTES, bytes);
        return (int) bytes;
    }

    /** Four bytes of the header, 0 where it has ended. */
    private long field(int offset) {
        return offset + 4 <= FILE_HEADER_BYTES + headerBytes && headerBytes != CORE_HEADER_BYTES
                ? file.u32Little(offset)
                : 0;
    }

    private boolean hasMasksBehind() {
        return compression == BIT_FIELDS && headerBytes == WINDOWS_HEADER_BYTES;
    }

    private int[] masks() {
        if (bits <= Byte.SIZE) {
            return NO_MASKS;
        }
        if (compression != BIT_FIELDS) {
            return bits == 16 ? MASKS_OF_555 : MASKS_OF_888;
        }
        int[] stored = new int[RgbImage.CHANNELS];
        for (int c = 0; c < stored.length; c++) {
            stored[c] = (int) file.u32Little(54 + 4L * c);
        }
        return Arrays.equals(stored, new int[RgbImage.CHANNELS]) && bits == 32 ? MASKS_OF_888 : checked(stored);
    }

    private int[] checked(int[] stored) {
        for (int mask : stored) {
            int run = mask >>> Math.min(31, Integer.numberOfTrailingZeros(mask));
            boolean beyond = bits < 32 && (mask >>> bits) != 0;
            if (mask == 0 || (run & (run + 1)) != 0 || beyond) {
                throw file.unsupported("the BMP file has the color masks " + hex(stored) + " for " + bits
                        + " bits; each must be one run of bits");
            }
        }
        return stored;
    }

    private static String hex(int[] masks) {
        return String.format("%08x, %08x, %08x", masks[0], masks[1], masks[2]);
    }

    /**
     * The offset of the samples. Some files give 0 or the end of the header; their samples follow the palette, as in
     * Pillow.
     */
    private long samplesAt() {
        long stored = file.u32Little(10);
        long paletteEnd = paletteAt + colors * (headerBytes == CORE_HEADER_BYTES ? 3 : 4);
        return stored == 0 || stored == FILE_HEADER_BYTES + headerBytes ? paletteEnd : stored;
    }
}
