package io.github.deqa4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Looks tags up in the first directory of a TIFF file, which EXIF data are too: 8-byte header, 12-byte entries. */
final class TiffTags {
    /** What precedes EXIF data in a JPEG segment. */
    static final String EXIF_MARK = "Exif\0\0";

    /** Whether, and how, a fourth sample is alpha. */
    static final int EXTRA_SAMPLES = 338;

    private static final int ORIENTATION = 274;
    private static final int ABSENT = 0;
    private static final int SHORT_TYPE = 3;
    private static final int ENTRY_BYTES = 12;
    private static final int HEADER_BYTES = 8;
    private static final int CLASSIC_VERSION = 42;

    private TiffTags() {}

    static Orientation orientation(byte[] bytes, int offset, int length) {
        return Orientation.of(find(bytes, offset, length, ORIENTATION));
    }

    /** The 16-bit value of a tag. Data that make no sense have no tags: the picture itself may be sound. */
    static int find(byte[] bytes, int offset, int length, int tag) {
        if (length < HEADER_BYTES) {
            return ABSENT;
        }
        ByteBuffer data = ByteBuffer.wrap(bytes, offset, length).slice();
        data.order(data.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return data.getShort(2) == CLASSIC_VERSION ? inDirectory(data, data.getInt(4) & 0xFFFFFFFFL, tag) : ABSENT;
    }

    private static int inDirectory(ByteBuffer data, long offset, int tag) {
        if (offset + 2 > data.limit()) {
            return ABSENT;
        }
        int entries = data.getShort((int) offset) & 0xFFFF;
        long end = Math.min(data.limit(), offset + 2 + (long) entries * ENTRY_BYTES);
        for (int entry = (int) offset + 2; entry + ENTRY_BYTES <= end; entry += ENTRY_BYTES) {
            if ((data.getShort(entry) & 0xFFFF) == tag && data.getShort(entry + 2) == SHORT_TYPE) {
                return data.getShort(entry + 8) & 0xFFFF;
            }
        }
        return ABSENT;
    }
}
