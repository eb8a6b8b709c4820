package io.github.deqa4j.image.png;

import io.github.deqa4j.image.codec.OrientationMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.InflaterInputStream;

/**
 * The text chunks of a PNG file that can hold the orientation: XMP data, and EXIF data as ImageMagick and exiv2 write
 * them, in lines of hexadecimal digits below a heading. Invalid text is ignored.
 */
final class PngText {
    private static final String EXIF = "exif";
    private static final String RAW_PROFILE = "Raw profile type exif";
    private static final String XMP = "XML:com.adobe.xmp";
    private static final int HEADING_LINES = 3;
    private static final int MOST_BYTES = 1 << 20; // as in Pillow

    private final OrientationMetadata wish;
    private String rawProfile = "";

    PngText(OrientationMetadata wish) {
        this.wish = wish;
    }

    /** Reads a chunk of any type. */
    void add(String type, byte[] bytes, int offset, int length) {
        int end = offset + length;
        int keyEnd = zero(bytes, offset, end);
        String key = new String(bytes, offset, keyEnd - offset, StandardCharsets.ISO_8859_1);
        if (keyEnd == end || !(key.equals(EXIF) || key.equals(RAW_PROFILE) || key.equals(XMP))) {
            return;
        }
        switch (type) {
            case "tEXt" -> text(key, bytes, keyEnd + 1, end);
            case "zTXt" -> compressed(key, bytes, keyEnd + 2, end); // the method's byte stands before the text
            case "iTXt" -> international(key, bytes, keyEnd + 1, end);
            default -> {}
        }
    }

    /** The EXIF data of the last raw profile; empty if there is none or it is not hexadecimal. */
    byte[] rawProfile() {
        String[] lines = rawProfile.split("\n", HEADING_LINES + 1);
        if (lines.length <= HEADING_LINES) {
            return new byte[0];
        }
        try {
            return HexFormat.of().parseHex(lines[HEADING_LINES].replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private void international(String key, byte[] bytes, int start, int end) {
        int languageEnd = zero(bytes, start + 2, end); // after a flag and a method
        int translatedEnd = zero(bytes, languageEnd + 1, end);
        if (translatedEnd >= end) {
            return;
        }
        if (bytes[start] == 0) {
            text(key, bytes, translatedEnd + 1, end);
        } else {
            compressed(key, bytes, translatedEnd + 1, end);
        }
    }

    private void compressed(String key, byte[] bytes, int start, int end) {
        if (start >= end) {
            return;
        }
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes, start, end - start))) {
            byte[] text = in.readNBytes(MOST_BYTES);
            text(key, text, 0, text.length);
        } catch (IOException e) {
            // the image itself may be intact
        }
    }

    private void text(String key, byte[] bytes, int start, int end) {
        switch (key) {
            case EXIF -> wish.setExif(bytes, start, end - start);
            case XMP -> wish.setXmp(bytes, start, end - start);
            default -> rawProfile = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        }
    }

    /** Where the next zero is, or the end. */
    private static int zero(byte[] bytes, int start, int end) {
        int at = Math.min(start, end);
        while (at < end && bytes[at] != 0) {
            at++;
        }
        return at;
    }
}
