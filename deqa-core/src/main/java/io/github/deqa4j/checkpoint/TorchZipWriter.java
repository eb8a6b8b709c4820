package io.github.deqa4j.checkpoint;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.file.Excerpt;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes tensors as {@code torch.save} does, one in memory at a time: a zip of stored entries, {@code data.pkl} and a raw
 * storage for each tensor, each storage at a multiple of 64 bytes.
 */
public final class TorchZipWriter {
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;
    private static final short PADDING_ID = 0x4246; // "FB", as PyTorch calls it
    private static final String ROOT = "archive/";

    /** Any fixed one will do; for those up to 1980-01-01 the entry would get a field more, and lose its alignment. */
    private static final LocalDateTime TIME = LocalDateTime.of(1981, 1, 1, 0, 0);

    private static final int BUFFER = 1 << 20;

    private TorchZipWriter() {}

    /**
     * Writes a file beside its place and moves it there when it is complete, over an older one.
     *
     * @param tensors by name, in the order of the map; F32, F16 or BF16, each smaller than 2 GiB
     * @throws DeqaException if the file cannot be written, or a tensor is of another type
     */
    public static void write(Path file, Map<String, TensorSource> tensors) {
        AtomicFile.fill(file, part -> writePart(part, tensors));
    }

    private static void writePart(Path part, Map<String, TensorSource> tensors) throws IOException {
        byte[] pickle = pickle(tensors);
        try (Counting counting = new Counting(new BufferedOutputStream(Files.newOutputStream(part), BUFFER));
                ZipOutputStream zip = new ZipOutputStream(counting)) {
            entry(zip, counting, "data.pkl", ByteBuffer.wrap(pickle));
            int key = 0;
            for (TensorSource tensor : tensors.values()) {
                entry(zip, counting, "data/" + key++, tensor.elements());
            }
            entry(zip, counting, "version", ByteBuffer.wrap(ascii("3\n")));
        }
    }

    private static void entry(ZipOutputStream zip, Counting counting, String name, ByteBuffer bytes)
            throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.remaining());
        entry.setCompressedSize(bytes.remaining());
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIME);
        entry.setExtra(padding(counting.count + LOCAL_HEADER + entry.getName().length() + EXTRA_HEADER));
        zip.putNextEntry(entry);
        WritableByteChannel channel = Channels.newChannel(zip);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
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
    private static byte[] pickle(Map<String, TensorSource> tensors) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x80, 2});
        out.writeBytes(ascii("ccollections\nOrderedDict\n)R("));
        int key = 0;
        for (Map.Entry<String, TensorSource> entry : tensors.entrySet()) {
            text(out, entry.getKey());
            tensor(out, Integer.toString(key++), entry.getKey(), entry.getValue());
        }
        out.writeBytes(ascii("u."));
        return out.toByteArray();
    }

    private static void tensor(ByteArrayOutputStream out, String key, String name, TensorSource tensor) {
        out.writeBytes(ascii("ctorch._utils\n_rebuild_tensor_v2\n(("));
        text(out, "storage");
        out.writeBytes(ascii("ctorch\n" + storage(name, tensor.dtype()) + "\n"));
        text(out, key);
        text(out, "cpu");
        number(out, tensor.bytes() / tensor.dtype().bytes());
        out.writeBytes(ascii("tQ"));
        number(out, 0);
        sizes(out, tensor.shape());
        sizes(out, strides(tensor.shape()));
        out.write(0x89); // False: no gradient required
        out.writeBytes(ascii("ccollections\nOrderedDict\n)RtR"));
    }

    private static String storage(String name, DType dtype) {
        return switch (dtype) {
            case F32 -> "FloatStorage";
            case F16 -> "HalfStorage";
            case BF16 -> "BFloat16Storage";
            default ->
                throw new DeqaException("the tensor " + Excerpt.quoted(name) + " is of type " + dtype
                        + "; only F32, F16 and BF16 are written to PyTorch files");
        };
    }

    private static long[] strides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    private static void sizes(ByteArrayOutputStream out, long[] values) {
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
