package io.github.deqa4j.checkpoint;

import io.github.deqa4j.file.Excerpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The header of a safetensors file: 8 bytes of length (little endian, unsigned), a JSON object, then the elements.
 *
 * <ul>
 *   <li>The header is at most 100 MB, lies inside the file, starts with an opening brace and may end with spaces.
 *   <li>Each key but {@code __metadata__} names a tensor: {@code dtype}, {@code shape}, {@code data_offsets}, no more.
 *   <li>{@code __metadata__} maps texts to texts.
 *   <li>A tensor's range is exactly its shape's product times the size of its type.
 *   <li>The ranges cover the rest of the file exactly: no gap, no overlap.
 * </ul>
 *
 * @see <a href="https://huggingface.co/docs/safetensors/index#format">the format</a>
 */
final class SafetensorsReader {
    private static final int MOST_HEADER_BYTES = 100_000_000;
    private static final String METADATA = "__metadata__";

    private final CheckpointFile file;
    private final List<TensorEntry> tensors = new ArrayList<>();
    private final StrictJson json;
    private final long dataStart;

    private SafetensorsReader(CheckpointFile file, int headerBytes) {
        this.file = file;
        this.dataStart = Long.BYTES + (long) headerBytes;
        this.json = StrictJson.of(file.name(), file.read(Long.BYTES, headerBytes, "header"), Long.BYTES);
    }

    /**
     * Reads a header.
     *
     * @throws MalformedCheckpointException if a rule of the format is broken
     */
    static List<TensorEntry> read(CheckpointFile file) {
        SafetensorsReader reader = new SafetensorsReader(file, headerBytes(file));
        reader.readHeader();
        reader.verifyCover();
        return reader.tensors;
    }

    private static int headerBytes(CheckpointFile file) {
        long bytes = file.read(0, Long.BYTES, "header length").getLong();
        String shown = Long.toUnsignedString(bytes);
        file.verify(
                bytes >= 0 && bytes <= MOST_HEADER_BYTES,
                0,
                "the header length is %s; at most %s is allowed, so this is no safetensors file, nor a PyTorch zip",
                shown,
                MOST_HEADER_BYTES);
        file.verify(
                bytes <= file.size() - Long.BYTES,
                0,
                "the header length is %s, but only %s bytes follow; the file was cut off or is no safetensors file",
                shown,
                file.size() - Long.BYTES);
        file.verify(
                bytes > 0 && file.read(Long.BYTES, 1, "header").get() == '{',
                Long.BYTES,
                "the header does not start with {; this is no safetensors file, nor a PyTorch zip");
        return (int) bytes;
    }

    private void readHeader() {
        json.beginObject("the header");
        for (Optional<String> key = json.key(); key.isPresent(); key = json.key()) {
            if (key.get().equals(METADATA)) {
                readMetadata();
            } else {
                tensors.add(readTensor(key.get()));
            }
        }
        json.end();
    }

    private void readMetadata() {
        json.beginObject(METADATA);
        while (json.key().isPresent()) {
            json.text("a value of " + METADATA);
        }
    }

    private TensorEntry readTensor(String name) {
        String quoted = Excerpt.quoted(name);
        Optional<DType> dtype = Optional.empty();
        long[] shape = {};
        long[] range = {};
        Set<String> keys = new HashSet<>();
        json.beginObject("the entry of " + quoted);
        for (Optional<String> key = json.key(); key.isPresent(); key = json.key()) {
            keys.add(key.get());
            switch (key.get()) {
                case "dtype" -> dtype = Optional.of(readDType(quoted));
                case "shape" -> shape = json.wholes("the shape of " + quoted);
                case "data_offsets" -> range = json.wholes("the data_offsets of " + quoted);
                default -> json.verify(false, "%s has an unknown key %s", quoted, Excerpt.quoted(key.get()));
            }
        }
        json.verify(keys.size() == 3, "%s lacks one of dtype, shape and data_offsets", quoted);
        return entry(name, dtype.orElseThrow(), shape, range);
    }

    private DType readDType(String quoted) {
        String name = json.text("the dtype of " + quoted);
        Optional<DType> dtype = DType.named(name);
        json.verify(
                dtype.isPresent(),
                "the dtype of %s is %s; it must be one of %s",
                quoted,
                Excerpt.quoted(name),
                Arrays.toString(DType.values()));
        return dtype.orElseThrow();
    }

    private TensorEntry entry(String name, DType dtype, long[] shape, long[] range) {
        String quoted = Excerpt.quoted(name);
        long data = file.size() - dataStart;
        json.verify(
                range.length == 2 && range[0] <= range[1] && range[1] <= data,
                "the data_offsets of %s are %s; they must be a begin and an end within the %s bytes of data",
                quoted,
                Arrays.toString(range),
                data);
        OptionalLong bytes = TensorShape.product(shape, dtype.bytes());
        json.verify(
                bytes.isPresent() && bytes.getAsLong() == range[1] - range[0],
                "the shape %s of %s does not fill its %s bytes with %s",
                Arrays.toString(shape),
                quoted,
                range[1] - range[0],
                dtype);
        return new TensorEntry(file, name, dtype, shape, dataStart + range[0], bytes.getAsLong());
    }

    private void verifyCover() {
        tensors.sort(Comparator.comparingLong(TensorEntry::offset).thenComparingLong(TensorEntry::bytes));
        long end = dataStart;
        for (TensorEntry tensor : tensors) {
            String problem = tensor.offset() < end ? "overlaps the tensor before it" : "comes after a gap";
            file.verify(tensor.offset() == end, end, "the tensor %s %s", Excerpt.quoted(tensor.name()), problem);
            end += tensor.bytes();
        }
        file.verify(end == file.size(), end, "%s bytes after the last tensor belong to none", file.size() - end);
    }
}
