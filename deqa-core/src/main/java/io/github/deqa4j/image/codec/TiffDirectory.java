package io.github.deqa4j.image.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tags of the first directory of a TIFF or BigTIFF file (TIFF 6.0, section 2). EXIF data have the same format.
 * Values are read from the file on demand, so that no memory is allocated for counts that a file only claims.
 */
public final class TiffDirectory {
    private static final int CLASSIC_VERSION = 42;
    private static final int BIG_VERSION = 43;
    private static final int MAX_ENTRIES = 0xFFFF;
    private static final int ORIENTATION = 274;
    static final int XMP = 700;

    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int SIGNED_BYTE = 6;
    private static final int UNDEFINED = 7;
    private static final int SIGNED_SHORT = 8;
    private static final int SIGNED_LONG = 9;
    private static final int SIGNED_RATIONAL = 10;
    private static final int FLOAT = 11;
    private static final int DOUBLE = 12;
    private static final int IFD = 13;
    private static final int LONG8 = 16;
    private static final int SIGNED_LONG8 = 17;
    private static final int IFD8 = 18;

    private final ByteBuffer data;
    private final boolean big;
    private final Map<Integer, Entry> entries = new HashMap<>();
    private boolean broken;

    /**
     * A tag.
     *
     * @param at where its values stand, possibly beyond the data
     */
    private record Entry(int tag, int type, long count, long at) {
        /** Rounded down to what the data can hold, so that products with it do not overflow. */
        int length() {
            return (int) Math.min(count, Integer.MAX_VALUE);
        }
    }

    private TiffDirectory(ByteBuffer data, boolean big) {
        this.data = data;
        this.big = big;
    }

    /** Reads the directory; empty where the data are not in this format, or end before it. */
    public static Optional<TiffDirectory> read(byte[] bytes, int offset, int length) {
        if (length < 8) {
            return Optional.empty();
        }
        ByteBuffer data = ByteBuffer.wrap(bytes, offset, length).slice();
        data.order(data.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int version = data.get(2) | data.get(3); // one of the two is 0: some writers take the wrong order here
        boolean known = (data.get(0) == 'I' || data.get(0) == 'M') && data.get(1) == data.get(0);
        if (!known
                || (version != CLASSIC_VERSION && version != BIG_VERSION)
                || (version == BIG_VERSION && length < 16)) {
            return Optional.empty();
        }
        TiffDirectory directory = new TiffDirectory(data, version == BIG_VERSION);
        return directory.readEntries() ? Optional.of(directory) : Optional.empty();
    }

    /** The byte order. */
    public ByteOrder order() {
        return data.order();
    }

    public boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** How many values a tag has; 0 if it is absent. */
    public int count(int tag) {
        Entry entry = entries.get(tag);
        return entry == null ? 0 : entry.length();
    }

    /** The first value of a tag, or another if the tag is absent. */
    public long valueOr(int tag, long otherwise) throws IOException {
        return count(tag) == 0 ? otherwise : value(tag, 0);
    }

    /**
     * A value of a tag of any integer type.
     *
     * @throws IOException if it is of another type or stands beyond the data
     */
    public long value(int tag, int index) throws IOException {
        Entry entry = entry(tag, index);
        int at = (int) (entry.at + (long) index * size(entry.type));
        return switch (entry.type) {
            case BYTE, UNDEFINED -> data.get(at) & 0xFF;
            case SIGNED_BYTE -> data.get(at);
            case SHORT -> data.getShort(at) & 0xFFFF;
            case SIGNED_SHORT -> data.getShort(at);
            case LONG, IFD -> data.getInt(at) & 0xFFFFFFFFL;
            case SIGNED_LONG -> data.getInt(at);
            case LONG8, SIGNED_LONG8, IFD8 -> data.getLong(at);
            default ->
                throw new IOException("tag " + tag + " has values of type " + entry.type + ", not whole numbers");
        };
    }

    /**
     * A value of a tag of any type of number, NaN for a fraction of zeros.
     *
     * @throws IOException if it is text or stands beyond the data
     */
    public double number(int tag, int index) throws IOException {
        Entry entry = entry(tag, index);
        int at = (int) (entry.at + (long) index * size(entry.type));
        return switch (entry.type) {
            case RATIONAL -> (data.getInt(at) & 0xFFFFFFFFL) / (double) (data.getInt(at + 4) & 0xFFFFFFFFL);
            case SIGNED_RATIONAL -> data.getInt(at) / (double) data.getInt(at + 4);
            case FLOAT -> data.getFloat(at);
            case DOUBLE -> data.getDouble(at);
            default -> value(tag, index);
        };
    }

    /**
     * The orientation of tag 274; empty where the tag is missing. Pillow accepts any numeric type but BYTE, and reads
     * no further than to a tag whose values are beyond the data.
     */
    public Optional<Orientation> orientation() {
        Entry entry = entries.get(ORIENTATION);
        if (entry == null || entry.count == 0) {
            return Optional.empty();
        }
        try {
            boolean bytes = entry.type == BYTE || entry.type == UNDEFINED;
            double number = bytes ? 0 : number(ORIENTATION, 0);
            return Optional.of(Orientation.of(number == Math.rint(number) ? (int) number : 0));
        } catch (IOException e) {
            return Optional.empty(); // the image itself may be intact
        }
    }

    /** The bytes of a tag of type BYTE or UNDEFINED; empty where it is absent, of another type, or beyond the data. */
    public Optional<ByteBuffer> bytes(int tag) {
        Entry entry = entries.get(tag);
        if (entry == null || (entry.type != BYTE && entry.type != UNDEFINED)) {
            return Optional.empty();
        }
        return holds(entry, entry.count) ? Optional.of(data.slice((int) entry.at, entry.length())) : Optional.empty();
    }

    private boolean readEntries() {
        long start = big ? data.getLong(8) : data.getInt(4) & 0xFFFFFFFFL;
        int countBytes = big ? 8 : 2;
        int entryBytes = big ? 20 : 12;
        if (start < 0 || start > data.limit() - countBytes) {
            return false;
        }
        long claimed = big ? data.getLong((int) start) : data.getShort((int) start) & 0xFFFF;
        long there = (data.limit() - start - countBytes) / entryBytes;
        long count = claimed < 0 ? there : Math.min(claimed, there);
        for (int i = 0; i < Math.min(count, MAX_ENTRIES); i++) {
            readEntry((int) start + countBytes + i * entryBytes);
        }
        return true;
    }

    private void readEntry(int at) {
        int tag = data.getShort(at) & 0xFFFF;
        int type = data.getShort(at + 2) & 0xFFFF;
        long count = big ? data.getLong(at + 4) : data.getInt(at + 4) & 0xFFFFFFFFL;
        int inline = at + (big ? 12 : 8);
        if (size(type) == 0 || count < 0) {
            return; // treated as missing, as in Pillow and libtiff
        }
        boolean isInline = count <= (big ? 8 : 4) / size(type);
        long far = big ? data.getLong(inline) : data.getInt(inline) & 0xFFFFFFFFL;
        Entry entry = new Entry(tag, type, count, isInline ? inline : far);
        broken |= !holds(entry, entry.count);
        if (!broken || tag != ORIENTATION) {
            entries.put(tag, entry);
        }
    }

    /** Whether so many values of a tag are there. */
    private boolean holds(Entry entry, long values) {
        return entry.at >= 0 && values <= (data.limit() - entry.at) / size(entry.type);
    }

    private Entry entry(int tag, int index) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || index >= entry.count) {
            throw new IOException(
                    entry == null
                            ? "tag " + tag + " is missing"
                            : "tag " + tag + " has " + entry.count + " values, but more are needed");
        }
        if (!holds(entry, index + 1L)) {
            throw new IOException("the values of tag " + tag + " stand beyond the end of the file");
        }
        return entry;
    }

    /** Bytes of a value; 0 for types that nobody knows. */
    private static int size(int type) {
        return switch (type) {
            case BYTE, 2, SIGNED_BYTE, UNDEFINED -> 1;
            case SHORT, SIGNED_SHORT -> 2;
            case LONG, SIGNED_LONG, FLOAT, IFD -> 4;
            case RATIONAL, SIGNED_RATIONAL, DOUBLE, LONG8, SIGNED_LONG8, IFD8 -> 8;
            default -> 0;
        };
    }
}
