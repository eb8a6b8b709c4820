package io.github.deqa4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds the orientation in EXIF data, which are a small TIFF file: 8-byte header, then a directory of 12-byte entries. */
final class Exif {
    private static final int ORIENTATION_TAG = 0x0112;
    private static final int SHORT_TYPE = 3;
    private static final int ENTRY_BYTES = 12;
    private static final int HEADER_BYTES = 8;

    private Exif() {}

    /** Data that make no sense ask for nothing: the picture itself may be sound. */
    static Orientation orientation(byte[] bytes, int offset, int length) {
        ByteBuffer data = ByteBuffer.wrap(bytes, offset, length).slice();
        if (length < HEADER_BYTES) {
            return Orientation.UPRIGHT;
        }
        data.order(data.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return data.getShort(2) == 42 ? inDirectory(data, data.getInt(4) & 0xFFFFFFFFL) : Orientation.UPRIGHT;
    }

    private static Orientation inDirectory(ByteBuffer data, long offset) {
        if (offset + 2 > data.limit()) {
            return Orientation.UPRIGHT;
        }
        int entries = data.getShort((int) offset) & 0xFFFF;
        long end = Math.min(data.limit(), offset + 2 + (long) entries * ENTRY_BYTES);
        for (int entry = (int) offset + 2; entry + ENTRY_BYTES <= end; entry += ENTRY_BYTES) {
            if ((data.getShort(entry) & 0xFFFF) == ORIENTATION_TAG && data.getShort(entry + 2) == SHORT_TYPE) {
                return Orientation.of(data.getShort(entry + 8) & 0xFFFF);
            }
        }
        return Orientation.UPRIGHT;
    }
}
