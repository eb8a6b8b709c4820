package io.github.deqa4j.image.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Collects the metadata that can hold the orientation of an image. EXIF data take precedence; XMP data are used where
 * the EXIF data have no orientation, as in Pillow's {@code ImageOps.exif_transpose}. Invalid metadata are ignored,
 * because the image itself may be intact.
 */
public final class OrientationMetadata {
    /** The marker before EXIF data in a JPEG segment. */
    public static final String EXIF_MARK = "Exif\0\0";

    private static final Pattern XMP_ORIENTATION = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

    private final ByteArrayOutputStream exif = new ByteArrayOutputStream();
    private String xmp = "";

    /** Appends EXIF data to those already collected. Long EXIF data are spread over several JPEG segments. */
    public void addExif(byte[] bytes, int offset, int length) {
        exif.write(bytes, offset, length);
    }

    /** Replaces the EXIF data. */
    public void setExif(byte[] bytes, int offset, int length) {
        exif.reset();
        addExif(bytes, offset, length);
    }

    /** Replaces the XMP data. */
    public void setXmp(byte[] bytes, int offset, int length) {
        xmp = new String(bytes, offset, length, StandardCharsets.ISO_8859_1); // the pattern is ASCII
    }

    public Orientation orientation() {
        byte[] data = exif.toByteArray();
        int start = 0;
        while (startsWithMark(data, start)) {
            start += EXIF_MARK.length();
        }
        return TiffDirectory.read(data, start, data.length - start)
                .flatMap(TiffDirectory::orientation)
                .orElseGet(() -> ofXmp(xmp));
    }

    /** The orientation of a TIFF file: that of its directory, otherwise that of its XMP data. */
    public static Orientation of(TiffDirectory directory) {
        return directory
                .orientation()
                .orElseGet(() -> directory
                        .bytes(TiffDirectory.XMP)
                        .map(OrientationMetadata::latin)
                        .map(OrientationMetadata::ofXmp)
                        .orElse(Orientation.UPRIGHT));
    }

    private static Orientation ofXmp(String text) {
        Matcher found = XMP_ORIENTATION.matcher(text);
        return found.find() ? Orientation.of(Integer.parseInt(found.group(1))) : Orientation.UPRIGHT;
    }

    private static String latin(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    private static boolean startsWithMark(byte[] data, int at) {
        byte[] mark = EXIF_MARK.getBytes(StandardCharsets.ISO_8859_1);
        return at + mark.length <= data.length && Arrays.equals(data, at, at + mark.length, mark, 0, mark.length);
    }
}
