package io.github.deqa4j.checkpoint;

import java.nio.ByteBuffer;

/**
 * The end of a zip file: where its central directory lies. Read from the Zip64 records where they are, as PyTorch always
 * writes them.
 *
 * @param offset of the central directory, which ends where the end records start
 * @param bytes its size
 * @param entries number of its entries
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format, 4.3.14 to 4.3.16</a>
 */
record ZipEnd(long offset, long bytes, long entries) {
    private static final int SIGNATURE = 0x06054b50;
    private static final int BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int ZIP64_SIGNATURE = 0x06064b50;
    private static final int ZIP64_BYTES = 56;
    private static final long SATURATED_INT = 0xffff_ffffL;
    private static final long SATURATED_SHORT = 0xffff;

    static ZipEnd find(CheckpointFile file) {
        int tail = (int) Math.min(file.size(), BYTES + LONGEST_COMMENT);
        long tailStart = file.size() - tail;
        ByteBuffer bytes = file.read(tailStart, tail, "zip end record");
        for (int at = tail - BYTES; at >= 0; at--) {
            if (bytes.getInt(at) == SIGNATURE && Short.toUnsignedInt(bytes.getShort(at + 20)) == tail - at - BYTES) {
                return at(file, tailStart + at, bytes.slice(at, BYTES).order(bytes.order()));
            }
        }
        file.verify(false, file.size(), "the zip has no end record; the file was cut off or damaged");
        throw new AssertionError();
    }

    private static ZipEnd at(CheckpointFile file, long position, ByteBuffer end) {
        ZipEnd narrow = new ZipEnd(
                Integer.toUnsignedLong(end.getInt(16)),
                Integer.toUnsignedLong(end.getInt(12)),
                Short.toUnsignedLong(end.getShort(10)));
        long recordsStart = zip64Position(file, position);
        boolean wide = recordsStart != position;
        ZipEnd result = wide ? zip64(file, recordsStart) : narrow;
        file.verify(
                !wide || narrow.agreesWith(result),
                position,
                "the two end records of the zip disagree; the file is damaged");
        file.verify(
                result.offset >= 0 && result.bytes >= 0 && result.offset == recordsStart - result.bytes,
                position,
                "the central directory of the zip does not end where its end record starts; the file is damaged");
        return result;
    }

    /** Where the Zip64 record starts; without one, where the plain record does. */
    private static long zip64Position(CheckpointFile file, long end) {
        long locator = end - LOCATOR_BYTES;
        if (locator < 0) {
            return end;
        }
        ByteBuffer bytes = file.read(locator, LOCATOR_BYTES, "zip end record");
        if (bytes.getInt(0) != LOCATOR_SIGNATURE) {
            return end;
        }
        long position = bytes.getLong(8);
        file.verify(
                position == locator - ZIP64_BYTES,
                locator,
                "the Zip64 end record does not stand before its locator; the file is damaged");
        return position;
    }

    private static ZipEnd zip64(CheckpointFile file, long position) {
        ByteBuffer record = file.read(position, ZIP64_BYTES, "Zip64 end record");
        file.verify(
                record.getInt(0) == ZIP64_SIGNATURE,
                position,
                "the Zip64 end record lacks its signature; the file is damaged");
        return new ZipEnd(record.getLong(48), record.getLong(40), record.getLong(32));
    }

    private boolean agreesWith(ZipEnd wide) {
        return (offset == SATURATED_INT || offset == wide.offset)
                && (bytes == SATURATED_INT || bytes == wide.bytes)
                && (entries == SATURATED_SHORT || entries == wide.entries);
    }
}
