package io.github.deqa4j.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The chunks of a PNG file: header, palette and samples are checked, all others are not looked at but for the orientation.
 * What follows the samples may be missing or damaged.
 */
final class PngChunks {
    static final String SIGNATURE = "\u0089PNG\r\n\u001A\n";

    private static final int HEADER_BYTES = 13;
    private static final int FRAME_BYTES = 12;
    private static final int NONE = -1;
    private static final int CHUNK_HEADER_BYTES = 8;

    private final EncodedPicture picture;
    private final ByteArrayOutputStream samples = new ByteArrayOutputStream();
    private byte[] header = {};
    private final byte[] palette = new byte[256 * RgbImage.CHANNELS];
    private boolean paletteSeen;
    private long wrongSumAt = NONE;
    private long end; // of the samples, even if the file ends before
    private final OrientationWish wish = new OrientationWish();
    private final PngText text = new PngText(wish);
    private boolean exifSeen;

    private PngChunks(EncodedPicture picture) {
        this.picture = picture;
    }

    static PngChunks parse(EncodedPicture picture) {
        PngChunks chunks = new PngChunks(picture);
        chunks.walk();
        return chunks;
    }

    Orientation orientation() {
        if (!exifSeen) {
            byte[] profile = text.rawProfile();
            wish.addExif(profile, 0, profile.length);
        }
        return wish.orientation();
    }

    int width() {
        return (int) number(0);
    }

    int height() {
        return (int) number(4);
    }

    /** Bits of a sample. */
    int depth() {
        return header[8];
    }

    /** 0 grey, 2 RGB, 3 indices, 4 grey with alpha, 6 RGB with alpha. */
    int colorType() {
        return header[9];
    }

    boolean isInterlaced() {
        return header[12] != 0;
    }

    /** The colours that indices stand for, [256 × 3]; black after the last one. */
    byte[] requirePalette() {
        if (!paletteSeen) {
            throw picture.fault("the PNG file has colour indices but no PLTE chunk; the file is damaged");
        }
        return palette;
    }

    /** Fails if the file ends within the samples. */
    void requireEnd() {
        picture.require(0, end);
    }

    /** The compressed samples. */
    byte[] samples() {
        return samples.toByteArray();
    }

    private void walk() {
        long offset = SIGNATURE.length();
        boolean more = true;
        while (more) {
            if (samples.size() > 0 && offset + CHUNK_HEADER_BYTES > picture.length()) {
                break; // without IEND
            }
            picture.require(offset, CHUNK_HEADER_BYTES);
            long length = picture.u32(offset);
            more = isCut(offset, length) ? cutChunk((int) offset, length) : chunk((int) offset, (int) length);
            offset += length + FRAME_BYTES;
        }
        if (samples.size() == 0) {
            throw picture.fault("the PNG file has no picture in it");
        }
        if (wrongSumAt != NONE && !hasRightZlibSum()) {
            throw picture.fault(
                    "the PNG chunk at byte " + wrongSumAt + " does not match its checksum; the file is damaged");
        }
    }

    private boolean isCut(long offset, long length) {
        return offset + length + FRAME_BYTES > picture.length();
    }

    /** The last chunk of a file that is cut short: samples may yet be whole, and behind samples nothing is needed. */
    private boolean cutChunk(int offset, long length) {
        boolean isData = type(offset).equals("IDAT") && header.length > 0;
        if (!isData && samples.size() == 0) {
            picture.require(offset, length + FRAME_BYTES);
        }
        if (isData) {
            end = offset + length + FRAME_BYTES;
            int data = offset + CHUNK_HEADER_BYTES;
            samples.write(picture.bytes(), data, (int) Math.min(length, picture.length() - data));
        }
        return false;
    }

    private String type(int offset) {
        return new String(picture.bytes(), offset + 4, 4, StandardCharsets.ISO_8859_1);
    }

    /** Takes a chunk in and says whether another is to follow. */
    private boolean chunk(int offset, int length) {
        String type = type(offset);
        int data = offset + CHUNK_HEADER_BYTES;
        switch (type) {
            case "IHDR" -> header(offset, length);
            case "PLTE" -> palette(offset, length);
            case "IDAT" -> samples(offset, length);
            case "eXIf" -> {
                exifSeen = true;
                wish.setExif(picture.bytes(), data, length);
            }
            case "tEXt", "zTXt", "iTXt" -> text.add(type, picture.bytes(), data, length);
            case "IEND" -> {
                return false;
            }
            default -> {}
        }
        return true;
    }

    private void samples(int offset, int length) {
        if (header.length == 0) {
            throw picture.fault(
                    "the PNG file has samples at byte " + offset + " before its header; the file is damaged");
        }
        if (!hasRightSum(offset, length) && wrongSumAt == NONE) {
            wrongSumAt = offset;
        }
        samples.write(picture.bytes(), offset + CHUNK_HEADER_BYTES, length);
    }

    /** Where a chunk's checksum is wrong, that of the samples themselves may still vouch for them. */
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
            throw picture.fault("the IHDR chunk at byte " + offset + " has " + length
                    + " bytes or is not the only one; there must be one of " + HEADER_BYTES);
        }
        if (picture.u8(offset + 19L) != 0) {
            throw picture.fault("the PNG header names filter method " + picture.u8(offset + 19L)
                    + "; there is only 0, so the file is damaged");
        }
        picture.checkSize(picture.u32(offset + 8L), picture.u32(offset + 12L));
        header = Arrays.copyOfRange(picture.bytes(), offset + 8, offset + 8 + length);
    }

    private void palette(int offset, int length) {
        checkSum(offset, length);
        System.arraycopy(picture.bytes(), offset + 8, palette, 0, Math.min(length / 3 * 3, palette.length));
        paletteSeen = true;
    }

    private void checkSum(int offset, int length) {
        if (!hasRightSum(offset, length)) {
            throw picture.fault(
                    "the PNG chunk at byte " + offset + " does not match its checksum; the file is damaged");
        }
    }

    private boolean hasRightSum(int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(picture.bytes(), offset + 4, length + 4);
        return crc.getValue() == picture.u32(offset + 8L + length);
    }

    private long number(int at) {
        return ByteBuffer.wrap(header).getInt(at) & 0xFFFFFFFFL;
    }
}
