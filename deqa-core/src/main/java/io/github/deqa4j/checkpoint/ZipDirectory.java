package io.github.deqa4j.checkpoint;

import io.github.deqa4j.file.Excerpt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The entries of a zip file, where they lie in it. They must be stored as they are, as PyTorch stores them: nothing is
 * ever unpacked. Checksums are not compared, because that would mean reading all the weights.
 */
final class ZipDirectory {
    private static final int MOST_BYTES = 32 << 20;
    private static final int SIGNATURE = 0x02014b50;
    private static final int HEADER_BYTES = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final long SATURATED = 0xffff_ffffL;
    private static final int ZIP64_EXTRA = 1;

    private final CheckpointFile file;
    private final ZipEnd end;
    private final ByteBuffer bytes;
    private final Map<String, Header> headers = new LinkedHashMap<>();

    private ZipDirectory(CheckpointFile file, ZipEnd end) {
        this.file = file;
        this.end = end;
        file.verify(end.bytes() <= MOST_BYTES, end.offset(), "the central directory of the zip is larger than 32 MiB");
        this.bytes = file.read(end.offset(), (int) end.bytes(), "central directory");
    }

    /**
     * The bytes of an entry.
     *
     * @param offset of the first in the file
     */
    record Range(long offset, long bytes) {}

    /** What the central directory says of an entry. */
    private record Header(long localHeader, long size, int nameBytes) {}

    /**
     * Reads the directory.
     *
     * @throws MalformedCheckpointException if it is damaged, or an entry is compressed, encrypted or there twice
     */
    static ZipDirectory read(CheckpointFile file) {
        ZipDirectory directory = new ZipDirectory(file, ZipEnd.find(file));
        while (directory.bytes.hasRemaining()) {
            directory.readHeader();
        }
        file.verify(
                directory.headers.size() == directory.end.entries(),
                directory.end.offset(),
                "the central directory of the zip holds %s entries, its end record says %s",
                directory.headers.size(),
                Long.toUnsignedString(directory.end.entries()));
        return directory;
    }

    Set<String> names() {
        return Collections.unmodifiableSet(headers.keySet());
    }

    /**
     * Where the bytes of an entry lie.
     *
     * @return empty if there is no such entry
     * @throws MalformedCheckpointException if its local header is damaged, or it reaches beyond the entries' part of the
     *     file
     */
    Optional<Range> find(String name) {
        return Optional.ofNullable(headers.get(name)).map(header -> range(name, header));
    }

    private void readHeader() {
        int at = bytes.position();
        verify(bytes.remaining() >= HEADER_BYTES, at, "the central directory of the zip ends inside an entry");
        verify(bytes.getInt(at) == SIGNATURE, at, "an entry of the central directory lacks its signature");
        int name = unsignedShort(at + 28);
        int extra = unsignedShort(at + 30);
        int total = HEADER_BYTES + name + extra + unsignedShort(at + 32);
        verify(total <= bytes.remaining(), at, "the central directory of the zip ends inside an entry");
        String key = text(at + HEADER_BYTES, name);
        verifyStored(at, key);
        Header header = header(at, at + HEADER_BYTES + name, extra, name);
        verify(headers.put(key, header) == null, at, "the zip has two entries %s", Excerpt.quoted(key));
        bytes.position(at + total);
    }

    private void verifyStored(int at, String name) {
        String quoted = Excerpt.quoted(name);
        verify((unsignedShort(at + 8) & ENCRYPTED) == 0, at, "the zip entry %s is encrypted", quoted);
        verify(
                unsignedShort(at + 10) == STORED,
                at,
                "the zip entry %s is compressed; PyTorch stores its entries as they are, so this is not its file",
                quoted);
        verify(
                bytes.getInt(at + 20) == bytes.getInt(at + 24),
                at,
                "the zip entry %s has two sizes; the file is damaged",
                quoted);
    }

    /** Sizes and offset; a value of all ones stands in the Zip64 field instead, in the order of the plain ones. */
    private Header header(int at, int extraStart, int extraBytes, int nameBytes) {
        long size = unsignedInt(at + 24);
        long local = unsignedInt(at + 42);
        if (size != SATURATED && local != SATURATED) {
            return new Header(local, size, nameBytes);
        }
        ByteBuffer wide = zip64Field(at, extraStart, extraBytes);
        int needed = (size == SATURATED ? 2 * Long.BYTES : 0) + (local == SATURATED ? Long.BYTES : 0);
        verify(wide.remaining() >= needed, at, "the Zip64 field of an entry is too short");
        if (size == SATURATED) {
            size = wide.getLong();
            verify(size == wide.getLong() && size >= 0, at, "the Zip64 field of an entry has impossible sizes");
        }
        return new Header(local == SATURATED ? wide.getLong() : local, size, nameBytes);
    }

    private ByteBuffer zip64Field(int at, int start, int length) {
        ByteBuffer extra = bytes.slice(start, length).order(bytes.order());
        while (extra.remaining() >= 2 * Short.BYTES) {
            int id = Short.toUnsignedInt(extra.getShort());
            int size = Short.toUnsignedInt(extra.getShort());
            verify(size <= extra.remaining(), at, "an extra field of an entry is longer than its place");
            if (id == ZIP64_EXTRA) {
                return extra.slice(extra.position(), size).order(bytes.order());
            }
            extra.position(extra.position() + size);
        }
        verify(false, at, "an entry lacks its Zip64 field");
        throw new AssertionError();
    }

    private Range range(String name, Header header) {
        String quoted = Excerpt.quoted(name);
        long at = header.localHeader();
        file.verify(
                at >= 0 && at <= end.offset() - LOCAL_BYTES,
                end.offset(),
                "the zip entry %s starts outside the file's entries",
                quoted);
        ByteBuffer local = file.read(at, LOCAL_BYTES, "zip entry");
        boolean agrees = local.getInt(0) == LOCAL_SIGNATURE
                && local.getShort(8) == STORED
                && Short.toUnsignedInt(local.getShort(26)) == header.nameBytes()
                && matches(name, file.read(at + LOCAL_BYTES, header.nameBytes(), "zip entry"));
        file.verify(agrees, at, "the zip entry %s is not where the central directory says", quoted);
        long data = at + LOCAL_BYTES + header.nameBytes() + Short.toUnsignedInt(local.getShort(28));
        file.verify(
                data <= end.offset() && header.size() <= end.offset() - data,
                at,
                "the zip entry %s has %s bytes, which reach beyond the file's entries; the file was cut off or damaged",
                quoted,
                header.size());
        return new Range(data, header.size());
    }

    private static boolean matches(String name, ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString().equals(name);
    }

    private String text(int at, int length) {
        return StandardCharsets.UTF_8.decode(bytes.slice(at, length)).toString();
    }

    private int unsignedShort(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private long unsignedInt(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private void verify(boolean condition, int at, String problem, Object... values) {
        file.verify(condition, end.offset() + at, problem, values);
    }
}
