package io.github.deqa4j.image.jpeg;

import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.Orientation;
import io.github.deqa4j.image.codec.OrientationMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a JPEG file before its first scan: frame header, color information and orientation. Unsupported kinds
 * of JPEG are refused.
 */
public final class JpegSegments {
    private static final int NO_MARKER = 0x00;
    private static final int TEMPORARY = 0x01;
    private static final int FIRST_RESTART = 0xD0;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int LAST_HUFFMAN_FRAME = 0xC2;
    private static final int UNKNOWN = -1;
    private static final String XMP_MARK = "http://ns.adobe.com/xap/1.0/\0";

    private final EncodedFile file;
    private @Nullable JpegFrame frame;
    private boolean jfif;
    private int adobeTransform = UNKNOWN;
    private final OrientationMetadata orientation = new OrientationMetadata();

    private JpegSegments(EncodedFile file) {
        this.file = file;
    }

    public static JpegSegments parse(EncodedFile file) {
        JpegSegments segments = new JpegSegments(file);
        segments.walk();
        segments.frame();
        return segments;
    }

    /** The frame header. */
    JpegFrame frame() {
        if (frame == null) {
            throw file.damaged("the JPEG file has no image in it");
        }
        return frame;
    }

    public int width() {
        return frame().width;
    }

    public int height() {
        return frame().height;
    }

    /** Samples of a pixel: 1, 3 or 4. */
    public int components() {
        return frame().components.size();
    }

    public Orientation orientation() {
        return orientation.orientation();
    }

    /** Whether the first three samples are Y, Cb, Cr: libjpeg's rules for three and for four components. */
    public boolean isYCbCr() {
        return switch (components()) {
            case 3 ->
                jfif
                        || (adobeTransform != UNKNOWN
                                ? adobeTransform != 0
                                : !frame().ids().equals("RGB"));
            case 4 -> adobeTransform > 0;
            default -> false;
        };
    }

    /**
     * The offset after the next marker. Any number of fill bytes 0xFF may precede it. Stray bytes, and 0xFF before a
     * zero, are skipped.
     */
    public static int nextMarker(EncodedFile file, int offset) {
        int at = offset;
        do {
            while (file.u8(at) != 0xFF) {
                at++;
            }
            while (file.u8(at) == 0xFF) {
                at++;
            }
        } while (file.u8(at) == NO_MARKER);
        return at + 1;
    }

    /** Whether there is a marker after an offset. */
    public static boolean hasMarker(EncodedFile file, int offset) {
        for (int at = offset; at + 1 < file.length(); at++) {
            int after = file.u8(at + 1L);
            if (file.u8(at) == 0xFF && after != NO_MARKER && after != 0xFF) {
                return true;
            }
        }
        return false;
    }

    /** Whether a marker has no segment. */
    public static boolean standsAlone(int marker) {
        return marker == TEMPORARY || (marker >= FIRST_RESTART && marker <= END_OF_IMAGE);
    }

    /** The end of the segment whose length is at an offset. */
    public static int segmentEnd(EncodedFile file, int offset) {
        int length = file.u16(offset);
        if (length < 2) {
            throw file.damaged("the JPEG segment at byte " + offset + " has the length " + length
                    + ", less than the length's own 2 bytes; the file is damaged");
        }
        file.require(offset, length);
        return offset + length;
    }

    private void walk() {
        int offset = 2;
        while (true) {
            offset = nextMarker(file, offset);
            int marker = file.u8(offset - 1L);
            if (marker == END_OF_IMAGE || marker == START_OF_SCAN) {
                return;
            }
            if (!standsAlone(marker)) {
                int end = segmentEnd(file, offset);
                interpret(marker, offset + 2, end - offset - 2);
                offset = end;
            }
        }
    }

    private void interpret(int marker, int offset, int length) {
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
            requireKind(marker);
            if (frame != null) {
                throw secondFrame(file, offset);
            }
            frame = new JpegFrame(file, marker, offset);
        } else {
            application(marker, offset, length);
        }
    }

    /** The error for a second frame header. */
    static UnreadableImageException secondFrame(EncodedFile file, int offset) {
        return file.damaged("the JPEG file has a second frame header at byte " + offset + "; the file is damaged");
    }

    private void requireKind(int marker) {
        if (marker > LAST_HUFFMAN_FRAME) {
            throw file.unsupported(
                    "the JPEG image is " + (marker == 0xC3 ? "lossless" : "arithmetic-coded or hierarchical")
                            + " (SOF" + (marker - 0xC0)
                            + "); only baseline and progressive JPEG with Huffman codes can be read, so"
                            + " save it anew");
        }
    }

    private void application(int marker, int offset, int length) {
        if (marker == APP0 && length >= 14 && file.has(offset, "JFIF\0")) {
            jfif = true;
        } else if (marker == APP14 && length >= 12 && file.has(offset, "Adobe")) {
            adobeTransform = file.u8(offset + 11);
        } else if (marker == APP1) {
            metadata(offset, length);
        }
    }

    private void metadata(int offset, int length) {
        if (begins(offset, length, OrientationMetadata.EXIF_MARK)) {
            int mark = OrientationMetadata.EXIF_MARK.length();
            orientation.addExif(file.bytes(), offset + mark, length - mark);
        } else if (begins(offset, length, XMP_MARK)) {
            orientation.setXmp(file.bytes(), offset + XMP_MARK.length(), length - XMP_MARK.length());
        }
    }

    private boolean begins(int offset, int length, String mark) {
        return length >= mark.length() && file.has(offset, mark);
    }
}
