package io.github.deqa4j.checkpoint;

import io.github.deqa4j.file.Excerpt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file of {@code torch.save}: a zip with a pickle, {@code NAME/data.pkl}, that describes the tensors, and the bytes of
 * each storage in {@code NAME/data/KEY}.
 */
final class TorchZipReader {
    private static final int MOST_PICKLE_BYTES = 64 << 20;
    private static final String PICKLE = "/data.pkl";

    private final CheckpointFile file;
    private final ZipDirectory zip;
    private final String prefix;
    private final Map<String, ZipDirectory.Range> storages = new HashMap<>();

    private TorchZipReader(CheckpointFile file, ZipDirectory zip) {
        this.file = file;
        this.zip = zip;
        this.prefix = prefix(file, zip);
    }

    /**
     * Reads the descriptions of the tensors.
     *
     * @throws MalformedCheckpointException if the file is damaged, holds anything but a dictionary of tensors, or a tensor
     *     of a type that is not read
     */
    static List<TensorEntry> read(CheckpointFile file) {
        TorchZipReader reader = new TorchZipReader(file, ZipDirectory.read(file));
        reader.verifyByteOrder();
        return reader.tensors();
    }

    private static String prefix(CheckpointFile file, ZipDirectory zip) {
        List<String> pickles = zip.names().stream()
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length())
                .toList();
        file.verify(
                pickles.size() == 1,
                0,
                "the zip has %s entries NAME/data.pkl instead of one; it was not written by torch.save",
                pickles.size());
        return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    }

    private void verifyByteOrder() {
        zip.find(prefix + "/byteorder").ifPresent(range -> {
            int length = (int) Math.min(range.bytes(), 16);
            String order = StandardCharsets.UTF_8
                    .decode(file.read(range.offset(), length, "byte order"))
                    .toString();
            file.verify(
                    order.equals("little"),
                    range.offset(),
                    "the byte order is %s; only little is read",
                    Excerpt.quoted(order));
        });
    }

    private List<TensorEntry> tensors() {
        ZipDirectory.Range pickle = zip.find(prefix + PICKLE).orElseThrow();
        file.verify(pickle.bytes() <= MOST_PICKLE_BYTES, pickle.offset(), "the pickle is larger than 64 MiB");
        ByteBuffer bytes = file.read(pickle.offset(), (int) pickle.bytes(), "pickle");
        Object top = PickleReader.read(new PickleInput(file.name(), pickle.offset(), bytes));
        verify(top instanceof PickleDict, "the file does not hold a dictionary of tensors");
        return ((PickleDict) top)
                .items().entrySet().stream()
                        .map(item -> entry(item.getKey(), item.getValue()))
                        .toList();
    }

    private TensorEntry entry(String name, Object value) {
        String quoted = Excerpt.quoted(name);
        if (value instanceof ForeignObject foreign) {
            verify(
                    false,
                    "the tensor %s is of type %s, which is not read; convert it to float32, float16 or bfloat16",
                    quoted,
                    foreign.shortName());
        }
        verify(value instanceof TorchTensor, "%s is no tensor; a checkpoint of weights holds tensors only", quoted);
        return entry(name, quoted, (TorchTensor) value);
    }

    private TensorEntry entry(String name, String quoted, TorchTensor tensor) {
        TorchStorage storage = tensor.storage();
        OptionalLong bytes = TensorShape.product(tensor.shape(), storage.dtype().bytes());
        OptionalLong extent = TensorShape.extent(tensor.shape(), tensor.strides());
        verify(
                bytes.isPresent()
                        && extent.isPresent()
                        && tensor.offset() <= storage.elements()
                        && extent.getAsLong() <= storage.elements() - tensor.offset(),
                "the tensor %s reaches beyond its storage %s of %s elements",
                quoted,
                Excerpt.quoted(storage.key()),
                storage.elements());
        long start = range(storage).offset() + tensor.offset() * storage.dtype().bytes();
        return new TensorEntry(file, name, storage.dtype(), tensor.shape(), start, bytes.getAsLong(), strides(tensor));
    }

    private static Optional<Strides> strides(TorchTensor tensor) {
        long[] shape = tensor.shape();
        boolean rows =
                Arrays.stream(shape).anyMatch(size -> size == 0) || TensorShape.isContiguous(shape, tensor.strides());
        return rows ? Optional.empty() : Optional.of(new Strides(shape, tensor.strides()));
    }

    private ZipDirectory.Range range(TorchStorage storage) {
        String quoted = Excerpt.quoted(storage.key());
        ZipDirectory.Range range = storages.computeIfAbsent(storage.key(), this::find);
        verify(
                storage.elements() <= range.bytes() / storage.dtype().bytes(),
                "the storage %s of %s elements of %s has only %s bytes",
                quoted,
                storage.elements(),
                storage.dtype(),
                range.bytes());
        return range;
    }

    private ZipDirectory.Range find(String key) {
        return zip.find(prefix + "/data/" + key)
                .orElseThrow(() -> new MalformedCheckpointException(
                        file.name(), "the storage " + Excerpt.quoted(key) + " is not in the zip"));
    }

    private void verify(boolean condition, String problem, Object... values) {
        MalformedCheckpointException.verify(condition, file.name(), problem, values);
    }
}
