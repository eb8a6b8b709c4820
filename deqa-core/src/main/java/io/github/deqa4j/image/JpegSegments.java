package io.github.deqa4j.image;

import java.io.ByteArrayOutputStream;

/**
 * The segments of a JPEG file: what its header says, and the file without application data and comments. Parsing goes to
 * the end-of-image marker, so that a file that is cut short is noticed (a decoder would fill up with grey).
 */
final class JpegSegments {
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COMMENT = 0xFE;
    private static final int UNKNOWN = -1;
    private static final String XMP_MARK = "http://ns.adobe.com/xap/1.0/\0";

    private final EncodedPicture picture;
    private final ByteArrayOutputStream kept;
    private int components = UNKNOWN;
    private String componentIds = "";
    private boolean jfif;
    private int adobeTransform = UNKNOWN;
    private boolean scanSeen;
    private final OrientationWish orientation = new OrientationWish();

    private JpegSegments(EncodedPicture picture) {
        this.picture = picture;
        this.kept = new ByteArrayOutputStream(picture.length());
    }

    static JpegSegments parse(EncodedPicture picture) {
        JpegSegments segments = new JpegSegments(picture);
        segments.walk();
        if (segments.components == UNKNOWN || !segments.scanSeen) {
            throw picture.fault("the JPEG file has no picture in it");
        }
        return segments;
    }

    /** Samples of a pixel: 1, 3 or 4. */
    int components() {
        return components;
    }

    /** The file without application data and comments. */
    byte[] withoutMetadata() {
        return kept.toByteArray();
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

    private void walk() {
        keep(0, 2);
        int offset = 2;
        while (true) {
            offset = marker(offset);
            int marker = picture.u8(offset - 1);
            if (marker == END_OF_IMAGE) {
                keep(offset - 2, offset);
                return;
            }
            int end = standsAlone(marker) ? offset : segment(marker, offset);
            offset = marker == START_OF_SCAN ? scan(end) : end;
        }
    }

    /** The offset after the next marker; markers may be preceded by any number of fill bytes 0xFF. */
    private int marker(int offset) {
        int at = offset;
        while (picture.u8(at) != 0xFF) {
            at++;
        }
        while (picture.u8(at) == 0xFF) {
            at++;
        }
        return at + 1;
    }

    private static boolean standsAlone(int marker) {
        return marker == 0 || marker == 1 || (marker >= 0xD0 && marker <= START_OF_IMAGE);
    }

    private int segment(int marker, int offset) {
        int length = picture.u16(offset);
        if (length < 2) {
            throw picture.fault("the JPEG segment at byte " + offset + " has the length " + length
                    + ", less than the length's own 2 bytes; the file is damaged");
        }
        picture.require(offset, length);
        interpret(marker, offset + 2, length - 2);
        if (marker != COMMENT && (marker < APP0 || marker > APP15)) {
            keep(offset - 2, offset + length);
        }
        return offset + length;
    }

    private void interpret(int marker, int offset, int length) {
        if (marker == START_OF_SCAN) {
            scanSeen = true;
        } else if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
            frame(offset);
        } else if (!scanSeen) {
            application(marker, offset, length);
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
        picture.checkSize(picture.u16(offset + 3), picture.u16(offset + 1));
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

    /** Passes over entropy-coded data, in which 0xFF stands before 0 or a restart marker only. */
    private int scan(int start) {
        int at = start;
        while (picture.u8(at) != 0xFF || isData(picture.u8(at + 1))) {
            at++;
        }
        keep(start, at);
        return at;
    }

    private static boolean isData(int afterFF) {
        return afterFF == 0 || (afterFF >= 0xD0 && afterFF <= 0xD7);
    }

    private void keep(int start, int end) {
        kept.write(picture.bytes(), start, end - start);
    }
}
