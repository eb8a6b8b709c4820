package io.github.deqa4j.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes safetensors files, one tensor in memory at a time. */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 64;

    private SafetensorsWriter() {}

    /**
     * Writes a file beside its place and moves it there when it is complete, over an older one. Wider types come first,
     * then names in order, as in the reference implementation, so that every tensor is aligned to its type.
     *
     * @param tensors by name; each must be smaller than 2 GiB
     * @throws DeqaException if the file cannot be written
     * @throws IllegalArgumentException if a tensor brings another number of bytes than its shape says
     */
    public static void write(Path file, Map<String, TensorSource> tensors) {
        List<Map.Entry<String, TensorSource>> ordered = tensors.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, TensorSource> tensor) ->
                                -tensor.getValue().dtype().bytes())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        AtomicFile.fill(file, part -> writePart(part, ordered));
    }

    private static void writePart(Path part, List<Map.Entry<String, TensorSource>> tensors) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            writeAll(channel, header(tensors));
            for (Map.Entry<String, TensorSource> tensor : tensors) {
                writeAll(channel, tensor.getValue().elements());
            }
            channel.force(true);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The length and the JSON, with spaces up to a multiple of {@value #ALIGNMENT}. */
    private static ByteBuffer header(List<Map.Entry<String, TensorSource>> tensors) throws IOException {
        byte[] json = json(tensors);
        int end = (Long.BYTES + json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(end - Long.BYTES).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private static byte[] json(List<Map.Entry<String, TensorSource>> tensors) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            // Without it the transformers library refuses the file.
            json.writeObjectFieldStart("__metadata__");
            json.writeStringField("format", "pt");
            json.writeEndObject();
            long offset = 0;
            for (Map.Entry<String, TensorSource> tensor : tensors) {
                writeEntry(json, tensor.getKey(), tensor.getValue(), offset);
                offset += tensor.getValue().bytes();
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeEntry(JsonGenerator json, String name, TensorSource tensor, long offset)
            throws IOException {
        long[] range = {offset, offset + tensor.bytes()};
        json.writeObjectFieldStart(name);
        json.writeStringField("dtype", tensor.dtype().name());
        json.writeFieldName("shape");
        json.writeArray(tensor.shape(), 0, tensor.shape().length);
        json.writeFieldName("data_offsets");
        json.writeArray(range, 0, range.length);
        json.writeEndObject();
    }
}
