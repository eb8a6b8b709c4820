package io.github.deqa4j.image.png;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.Orientation;
import io.github.deqa4j.image.codec.OrientationMetadata;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The chunks of a PNG file. Header, palette and samples are checked; other chunks are read for the orientation only.
 * Data after the samples may be missing or damaged.
 */
public final class PngChunks {
    public static final String SIGNATURE = "\u0089PNG\r\n\u001A\n";

    private static final int HEADER_BYTES = 13;
    private static final int FRAME_BYTES = 12;
    private static final int NONE = -1;
    private static final int CHUNK_HEADER_BYTES = 8;

    private final EncodedFile file;
    private final ByteArrayOutputStream samples = new ByteArrayOutputStream();
    private byte[] header = {};
    private final byte[] palette = new byte[256 * RgbImage.CHANNELS];
    private boolean paletteSeen;
    private long wrongSumAt = NONE;
    private long end; // of the samples, even if the file ends before
    private final OrientationMetadata wish = new OrientationMetadata();
    private final PngText text = new PngText(wish);
    private boolean exifSeen;

    private PngChunks(EncodedFile file) {
        this.file = file;
    }

    public static PngChunks parse(EncodedFile file) {
        PngChunks chunks = new PngChunks(file);
        chunks.walk();
        return chunks;
    }

    public Orientation orientation() {
        if (!exifSeen) {
            byte[] profile = text.rawProfile();
            wish.addExif(profile, 0, profile.length);
        }
        return wish.orientation();
    }

    public int width() {
        return (int) number(0);
    }

    public int height() {
        return (int) number(4);
    }

    /** Bits of a sample. */
    public int depth() {
        return header[8];
    }

    /** 0 gray, 2 RGB, 3 indices, 4 gray with alpha, 6 RGB with alpha. */
    public int colorType() {
        return header[9];
    }

    public boolean isInterlaced() {
        return header[12] != 0;
    }

    /** The colors that indices stand for, [256 × 3]; black after the last one. */
    public byte[] requirePalette() {
        if (!paletteSeen) {
            throw file.damaged("the PNG file has color indices but no PLTE chunk; the file is damaged");
        }
        return palette;
    }

    /** Fails if the file ends within the samples. */
    public void requireEnd() {
        file.require(0, end);
    }

    /** The compressed samples. */
    public byte[] samples() {
        return samples.toByteArray();
    }

    private void walk() {
        long offset = SIGNATURE.length();
        boolean more = true;
        while (more) {
            if (samples.size() > 0 && offset + CHUNK_HEADER_BYTES > file.length()) {
                break; // without IEND
            }
            file.require(offset, CHUNK_HEADER_BYTES);
            long length = file.u32(offset);
            more = isCut(offset, length) ? cutChunk((int) offset, length) : chunk((int) offset, (int) length);
            offset += length + FRAME_BYTES;
        }
        if (samples.size() == 0) {
            throw file.damaged("the PNG file has no image in it");
        }
        if (wrongSumAt != NONE && !hasRightZlibSum()) {
            throw file.damaged(
                    "the PNG chunk at byte " + wrongSumAt + " does not match its checksum; the file is damaged");
        }
    }

    private boolean isCut(long offset, long length) {
        return offset + length + FRAME_BYTES > file.length();
    }

    /**
     * Handles the last chunk of a file that is cut short. The samples may still be complete, and nothing after them is
     * needed.
     */
    private boolean cutChunk(int offset, long length) {
        boolean isData = type(offset).equals("IDAT") && header.length > 0;
        if (!isData && samples.size() == 0) {
            file.require(offset, length + FRAME_BYTES);
        }
        if (isData) {
            end = offset + length + FRAME_BYTES;
            int data = offset + CHUNK_HEADER_BYTES;
            samples.write(file.bytes(), data, (int) Math.min(length, file.length() - data));
        }
        return false;
    }

    private String type(int offset) {
        return new String(file.bytes(), offset + 4, 4, StandardCharsets.ISO_8859_1);
    }

    /** Reads a chunk and returns whether another one follows. */
    private boolean chunk(int offset, int length) {
        String type = type(offset);
        int data = offset + CHUNK_HEADER_BYTES;
        switch (type) {
            case "IHDR" -> header(offset, length);
            case "PLTE" -> palette(offset, length);
            case "IDAT" -> samples(offset, length);
            case "eXIf" -> {
                exifSeen = true;
                wish.setExif(file.bytes(), data, length);
            }
            case "tEXt", "zTXt", "iTXt" -> text.add(type, file.bytes(), data, length);
            case "IEND" -> {
                return false;
            }
            default -> {}
        }
        return true;
    }

    private void samples(int offset, int length) {
        if (header.length == 0) {
            throw file.damaged(
                    "the PNG file has samples at byte " + offset + " before its header; the file is damaged");
        }
        if (!hasRightSum(offset, length) && wrongSumAt == NONE) {
            wrongSumAt = offset;
        }
        samples.write(file.bytes(), offset + CHUNK_HEADER_BYTES, length);
    }

    /** A wrong checksum of a chunk is tolerated where the checksum of the samples themselves is right. */
    private boolean hasRightZlibSum() {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(samples.toByteArray());
            byte[] target = new byte[1 << 16];
            while (!inflater.finished()) {
                if (inflater.inflate(target) == 0 && !inflater.finished()) {
                    return false;
                }
            }
            return true;
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    private void header(int offset, int length) {
        checkSum(offset, length);
        if (header.length != 0 || length != HEADER_BYTES) {
            throw file.damaged("the IHDR chunk at byte " + offset + " has " + length
                    + " bytes or is not the only one; there must be one of " + HEADER_BYTES);
        }
        if (file.u8(offset + 19L) != 0) {
            throw file.damaged("the PNG header names filter method " + file.u8(offset + 19L)
                    + "; there is only 0, so the file is damaged");
        }
        file.checkSize(file.u32(offset + 8L), file.u32(offset + 12L));
        header = Arrays.copyOfRange(file.bytes(), offset + 8, offset + 8 + length);
    }

    private void palette(int offset, int length) {
        checkSum(offset, length);
        System.arraycopy(file.bytes(), offset + 8, palette, 0, Math.min(length / 3 * 3, palette.length));
        paletteSeen = true;
    }

    private void checkSum(int offset, int length) {
        if (!hasRightSum(offset, length)) {
            throw file.damaged("the PNG chunk at byte " + offset + " does not match its checksum; the file is damaged");
        }
    }

    private boolean hasRightSum(int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(file.bytes(), offset + 4, length + 4);
        return crc.getValue() == file.u32(offset + 8L + length);
    }

    private long number(int at) {
        return ByteBuffer.wrap(header).getInt(at) & 0xFFFFFFFFL;
    }
}
