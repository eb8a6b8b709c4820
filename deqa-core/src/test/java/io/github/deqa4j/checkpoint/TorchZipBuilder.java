package io.github.deqa4j.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes zip files as PyTorch does, entry by entry and with Zip64 records, and such as PyTorch never would. */
final class TorchZipBuilder {
    /** Name that {@code torch.save} gives the folder in the zip. */
    static final String PREFIX = "archive";

    private static final int SATURATED = -1;

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private boolean zip64Records = true;
    private boolean zip64Fields;
    private int method;
    private int flags;

    /** A zip with this pickle, of little-endian storages that follow. */
    static TorchZipBuilder of(byte[] pickle) {
        return new TorchZipBuilder()
                .entry("data.pkl", pickle)
                .entry("byteorder", "little".getBytes(StandardCharsets.UTF_8));
    }

    /** Adds or replaces an entry below the prefix. */
    TorchZipBuilder entry(String name, byte[] content) {
        return rawEntry(PREFIX + "/" + name, content);
    }

    TorchZipBuilder rawEntry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    TorchZipBuilder storage(String key, byte[] content) {
        return entry("data/" + key, content);
    }

    TorchZipBuilder without(String name) {
        entries.remove(PREFIX + "/" + name);
        return this;
    }

    /** Only the end record that every zip has. */
    TorchZipBuilder withoutZip64() {
        zip64Records = false;
        return this;
    }

    /** Sizes and offsets in Zip64 fields, as for a file beyond 4 GiB. */
    TorchZipBuilder withZip64Fields() {
        zip64Fields = true;
        return this;
    }

    /** Claims a method of compression for every entry. */
    TorchZipBuilder method(int claimed) {
        method = claimed;
        return this;
    }

    TorchZipBuilder flags(int claimed) {
        flags = claimed;
        return this;
    }

    byte[] build() {
        Bytes file = new Bytes();
        Bytes directory = new Bytes();
        entries.forEach((name, content) -> {
            directory.append(centralHeader(name, content, file.size()));
            file.append(localHeader(name)).append(content);
        });
        int start = file.size();
        file.append(directory.toByteArray());
        if (zip64Records) {
            file.append(zip64Records(directory.size(), start));
        }
        return file.append(end(directory.size(), start)).toByteArray();
    }

    private byte[] localHeader(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        byte[] padding = {'F', 'B', 3, 0, 'Z', 'Z', 'Z'};
        byte[] bytes = new byte[30 + utf8.length + padding.length];
        ByteBuffer header = little(bytes);
        header.putInt(0, 0x04034b50).putShort(6, (short) 0x0808).putShort(8, (short) method);
        header.putShort(26, (short) utf8.length).putShort(28, (short) padding.length);
        header.position(30).put(utf8).put(padding);
        return bytes;
    }

    private byte[] centralHeader(String name, byte[] content, int offset) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        int extra = zip64Fields ? 4 + 3 * Long.BYTES : 0;
        byte[] bytes = new byte[46 + utf8.length + extra];
        ByteBuffer header = little(bytes);
        header.putInt(0, 0x02014b50).putShort(8, (short) (0x0808 | flags)).putShort(10, (short) method);
        header.putInt(20, zip64Fields ? SATURATED : content.length);
        header.putInt(24, zip64Fields ? SATURATED : content.length);
        header.putShort(28, (short) utf8.length).putShort(30, (short) extra);
        header.putInt(42, zip64Fields ? SATURATED : offset).position(46).put(utf8);
        if (zip64Fields) {
            header.putShort((short) 1).putShort((short) (3 * Long.BYTES));
            header.putLong(content.length).putLong(content.length).putLong(offset);
        }
        return bytes;
    }

    private byte[] zip64Records(int size, int start) {
        byte[] bytes = new byte[56 + 20];
        ByteBuffer records = little(bytes);
        records.putInt(0, 0x06064b50).putLong(4, 44);
        records.putLong(24, entries.size())
                .putLong(32, entries.size())
                .putLong(40, size)
                .putLong(48, start);
        records.putInt(56, 0x07064b50).putLong(64, start + size).putInt(72, 1);
        return bytes;
    }

    private byte[] end(int size, int start) {
        byte[] bytes = new byte[22];
        ByteBuffer end = little(bytes);
        end.putInt(0, 0x06054b50).putShort(8, (short) entries.size()).putShort(10, (short) entries.size());
        end.putInt(12, size).putInt(16, zip64Fields ? SATURATED : start);
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static final class Bytes {
        private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

        Bytes append(byte[] more) {
            stream.writeBytes(more);
            return this;
        }

        int size() {
            return stream.size();
        }

        byte[] toByteArray() {
            return stream.toByteArray();
        }
    }
}
