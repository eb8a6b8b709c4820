package io.github.deqa4j.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file: checked, and reduced to header, palette and samples. Gone are transparency, gamma and profiles,
 * which Pillow's RGB ignores too, and text that a reader might stumble over.
 */
final class PngChunks {
    static final String SIGNATURE = "\u0089PNG\r\n\u001A\n";

    private static final int HEADER_BYTES = 13;
    private static final int FRAME_BYTES = 12;
    private static final int PALETTE_COLOR_TYPE = 3;

    private final EncodedPicture picture;
    private final ByteArrayOutputStream samples = new ByteArrayOutputStream();
    private byte[] header = {};
    private final byte[] palette = new byte[256 * RgbImage.CHANNELS];
    private boolean paletteSeen;
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

    /** A PNG file of IHDR, PLTE where the colours are indices, one IDAT, IEND. */
    byte[] essential() {
        ByteArrayOutputStream file = new ByteArrayOutputStream(samples.size() + 1024);
        file.write(picture.bytes(), 0, SIGNATURE.length());
        append(file, "IHDR", header);
        if (header[9] == PALETTE_COLOR_TYPE) {
            append(file, "PLTE", fullPalette());
        }
        append(file, "IDAT", samples.toByteArray());
        append(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private void walk() {
        long offset = SIGNATURE.length();
        boolean more = true;
        while (more) {
            long length = picture.u32(offset);
            picture.require(offset, length + FRAME_BYTES);
            more = chunk((int) offset, (int) length);
            offset += length + FRAME_BYTES;
        }
        if (samples.size() == 0) {
            throw picture.fault("the PNG file has no picture in it");
        }
    }

    /** Takes a chunk in and says whether another is to follow. */
    private boolean chunk(int offset, int length) {
        String type = new String(picture.bytes(), offset + 4, 4, StandardCharsets.ISO_8859_1);
        int data = offset + 8;
        if (header.length == 0 && !type.equals("IHDR")) {
            throw picture.fault("the PNG file begins with " + type + " instead of IHDR; the file is damaged");
        }
        switch (type) {
            case "IHDR" -> header(offset, length);
            case "PLTE" -> palette(offset, length);
            case "IDAT" -> {
                checkSum(offset, length);
                samples.write(picture.bytes(), data, length);
            }
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

    private void header(int offset, int length) {
        checkSum(offset, length);
        if (header.length != 0 || length != HEADER_BYTES) {
            throw picture.fault("the IHDR chunk at byte " + offset + " has " + length
                    + " bytes or is not the only one; there must be one of " + HEADER_BYTES);
        }
        picture.checkSize(picture.u32(offset + 8L), picture.u32(offset + 12L));
        header = Arrays.copyOfRange(picture.bytes(), offset + 8, offset + 8 + length);
    }

    private void palette(int offset, int length) {
        checkSum(offset, length);
        System.arraycopy(picture.bytes(), offset + 8, palette, 0, Math.min(length, palette.length));
        paletteSeen = true;
    }

    /** As many colours as the bits of an index can name: a reader need not deal with too few or too many. */
    private byte[] fullPalette() {
        if (!paletteSeen) {
            throw picture.fault("the PNG file has colour indices but no PLTE chunk; the file is damaged");
        }
        int colors = Math.min(256, 1 << (header[8] & 0xF));
        return Arrays.copyOf(palette, colors * RgbImage.CHANNELS);
    }

    private void checkSum(int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(picture.bytes(), offset + 4, length + 4);
        if (crc.getValue() != picture.u32(offset + 8L + length)) {
            throw picture.fault(
                    "the PNG chunk at byte " + offset + " does not match its checksum; the file is damaged");
        }
    }

    private static void append(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        file.writeBytes(ByteBuffer.allocate(8).putInt(data.length).put(name).array());
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
