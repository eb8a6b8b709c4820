package io.github.deqa4j.image;

/**
 * The segments of a JPEG file before its first scan: what they say of colours and orientation, and whether the picture is of
 * a kind that can be read.
 */
final class JpegSegments {
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

    private final EncodedPicture picture;
    private int width;
    private int height;
    private int components = UNKNOWN;
    private String componentIds = "";
    private boolean jfif;
    private int adobeTransform = UNKNOWN;
    private final OrientationWish orientation = new OrientationWish();

    private JpegSegments(EncodedPicture picture) {
        this.picture = picture;
    }

    static JpegSegments parse(EncodedPicture picture) {
        JpegSegments segments = new JpegSegments(picture);
        segments.walk();
        if (segments.components == UNKNOWN) {
            throw picture.fault("the JPEG file has no picture in it");
        }
        return segments;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Samples of a pixel: 1, 3 or 4. */
    int components() {
        return components;
    }

    Orientation orientation() {
        return orientation.orientation();
    }

    /** Whether the first three samples are Y, Cb, Cr: libjpeg's rules for three and for four components. */
    boolean isYCbCr() {
        return switch (components) {
            case 3 -> jfif || (adobeTransform != UNKNOWN ? adobeTransform != 0 : !componentIds.equals("RGB"));
            case 4 -> adobeTransform > 0;
            default -> false;
        };
    }

    /**
     * The offset after the next marker. Any number of fill bytes 0xFF may precede it; bytes that belong to nothing, and 0xFF
     * before a zero, are passed over.
     */
    static int nextMarker(EncodedPicture picture, int offset) {
        int at = offset;
        do {
            while (picture.u8(at) != 0xFF) {
                at++;
            }
            while (picture.u8(at) == 0xFF) {
                at++;
            }
        } while (picture.u8(at) == NO_MARKER);
        return at + 1;
    }

    /** Whether a marker follows somewhere, at the end of the data. */
    static boolean hasMarker(EncodedPicture picture, int offset) {
        for (int at = offset; at + 1 < picture.length(); at++) {
            int after = picture.u8(at + 1L);
            if (picture.u8(at) == 0xFF && after != NO_MARKER && after != 0xFF) {
                return true;
            }
        }
        return false;
    }

    /** Whether a marker has no segment. */
    static boolean standsAlone(int marker) {
        return marker == TEMPORARY || (marker >= FIRST_RESTART && marker <= END_OF_IMAGE);
    }

    /** The end of the segment whose length stands at an offset. */
    static int segmentEnd(EncodedPicture picture, int offset) {
        int length = picture.u16(offset);
        if (length < 2) {
            throw picture.fault("the JPEG segment at byte " + offset + " has the length " + length
                    + ", less than the length's own 2 bytes; the file is damaged");
        }
        picture.require(offset, length);
        return offset + length;
    }

    private void walk() {
        int offset = 2;
        while (true) {
            offset = nextMarker(picture, offset);
            int marker = picture.u8(offset - 1L);
            if (marker == END_OF_IMAGE || marker == START_OF_SCAN) {
                return;
            }
            if (!standsAlone(marker)) {
                int end = segmentEnd(picture, offset);
                interpret(marker, offset + 2, end - offset - 2);
                offset = end;
            }
        }
    }

    private void interpret(int marker, int offset, int length) {
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
            requireKind(marker);
            frame(offset);
        } else {
            application(marker, offset, length);
        }
    }

    private void requireKind(int marker) {
        if (marker > LAST_HUFFMAN_FRAME) {
            throw picture.fault(
                    "the JPEG picture is " + (marker == 0xC3 ? "lossless" : "arithmetic-coded or hierarchical")
                            + " (SOF" + (marker - 0xC0)
                            + "); only baseline and progressive JPEG with Huffman codes can be read, so"
                            + " save it anew");
        }
    }

    private void frame(int offset) {
        if (components != UNKNOWN) {
            throw picture.fault("the JPEG file has a second frame header at byte " + offset + "; the file is damaged");
        }
        int precision = picture.u8(offset);
        if (precision != 8) {
            throw picture.fault("the JPEG samples have " + precision + " bits; only 8 can be read");
        }
        height = picture.u16(offset + 1);
        width = picture.u16(offset + 3);
        picture.checkSize(width, height);
        components = picture.u8(offset + 5);
        if (components != 1 && components != 3 && components != 4) {
            throw picture.fault("the JPEG file has " + components + " colour components; it must have 1, 3 or 4");
        }
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < components; i++) {
            ids.append((char) picture.u8(offset + 6 + 3L * i));
        }
        componentIds = ids.toString();
    }

    private void application(int marker, int offset, int length) {
        if (marker == APP0 && length >= 14 && picture.has(offset, "JFIF\0")) {
            jfif = true;
        } else if (marker == APP14 && length >= 12 && picture.has(offset, "Adobe")) {
            adobeTransform = picture.u8(offset + 11);
        } else if (marker == APP1) {
            metadata(offset, length);
        }
    }

    private void metadata(int offset, int length) {
        if (begins(offset, length, OrientationWish.EXIF_MARK)) {
            int mark = OrientationWish.EXIF_MARK.length();
            orientation.addExif(picture.bytes(), offset + mark, length - mark);
        } else if (begins(offset, length, XMP_MARK)) {
            orientation.setXmp(picture.bytes(), offset + XMP_MARK.length(), length - XMP_MARK.length());
        }
    }

    private boolean begins(int offset, int length, String mark) {
        return length >= mark.length() && picture.has(offset, mark);
    }
}
