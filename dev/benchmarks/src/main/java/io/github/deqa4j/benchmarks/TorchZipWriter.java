package io.github.deqa4j.benchmarks;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes bfloat16 tensors as {@code torch.save} does: a zip of stored entries, {@code data.pkl} and a raw storage for each
 * tensor, each storage at a multiple of 64 bytes.
 */
final class TorchZipWriter {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;
    private static final short PADDING_ID = 0x4246; // "FB", as PyTorch calls it
    private static final LocalDateTime TIME =
            LocalDateTime.of(2026, 1, 1, 0, 0); // earlier than 1980 needs a longer header
    private static final String ROOT = "archive/";

    private TorchZipWriter() {}

    /** Bytes of a tensor, given piece by piece, always the same. */
    interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    /** A tensor to write. */
    record Bf16Tensor(List<Long> shape, Source source) {
        long elements() {
            long product = 1;
            for (long side : shape) {
                product *= side;
            }
            return product;
        }
    }

    static void write(Path file, Map<String, Bf16Tensor> tensors) throws IOException {
        try (Counting counting = new Counting(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20));
                ZipOutputStream zip = new ZipOutputStream(counting)) {
            byte[] pickle = pickle(tensors);
            entry(zip, counting, "data.pkl", pickle.length, out -> out.write(pickle));
            int key = 0;
            for (Bf16Tensor tensor : tensors.values()) {
                entry(zip, counting, "data/" + key++, tensor.elements() * Short.BYTES, tensor.source());
            }
            entry(zip, counting, "version", 2, out -> out.write("3\n".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static void entry(ZipOutputStream zip, Counting counting, String name, long size, Source source)
            throws IOException {
        CRC32 crc = new CRC32();
        source.writeTo(new OutputStream() {
            @Override
            public void write(int b) {
                crc.update(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                crc.update(bytes, offset, length);
            }
        });
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIME);
        entry.setExtra(padding(counting.count + LOCAL_HEADER + entry.getName().length() + EXTRA_HEADER));
        zip.putNextEntry(entry);
        source.writeTo(zip);
        zip.closeEntry();
        zip.flush();
    }

    private static byte[] padding(long dataStart) {
        int length = (int) Math.floorMod(-dataStart, (long) ALIGNMENT);
        return ByteBuffer.allocate(EXTRA_HEADER + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(PADDING_ID)
                .putShort((short) length)
                .array();
    }

    /** The dictionary of tensors, in protocol 2. */
    private static byte[] pickle(Map<String, Bf16Tensor> tensors) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x80, 2});
        out.writeBytes(ascii("ccollections\nOrderedDict\n)R("));
        int key = 0;
        for (Map.Entry<String, Bf16Tensor> entry : tensors.entrySet()) {
            text(out, entry.getKey());
            out.writeBytes(ascii("ctorch._utils\n_rebuild_tensor_v2\n(("));
            text(out, "storage");
            out.writeBytes(ascii("ctorch\nBFloat16Storage\n"));
            text(out, Integer.toString(key++));
            text(out, "cpu");
            number(out, entry.getValue().elements());
            out.writeBytes(ascii("tQ"));
            number(out, 0);
            sizes(out, entry.getValue().shape());
            sizes(out, strides(entry.getValue().shape()));
            out.write(0x89); // False
            out.writeBytes(ascii("ccollections\nOrderedDict\n)RtR"));
        }
        out.writeBytes(ascii("u."));
        return out.toByteArray();
    }

    private static List<Long> strides(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long stride = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape.get(i);
        }
        return List.of(strides);
    }

    private static void sizes(ByteArrayOutputStream out, List<Long> values) {
        out.write('(');
        for (long value : values) {
            number(out, value);
        }
        out.write('t');
    }

    private static void number(ByteArrayOutputStream out, long value) {
        out.write('J');
        out.writeBytes(little(Math.toIntExact(value)));
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(little(bytes.length));
        out.writeBytes(bytes);
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Knows how much was written. */
    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
