package io.github.deqa4j.checkpoint;

import io.github.deqa4j.DeqaException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The tensors of a checkpoint: names, types, shapes and offsets, read from the headers alone. Files are not trusted,
 * and nothing in them is executed.
 */
public final class Checkpoint {
    /** The name of a model's weights where they are in one safetensors file. */
    public static final String SAFETENSORS = "model.safetensors";

    /** A buffer in older checkpoints; the frequencies follow from the configuration. */
    private static final String DERIVED_SUFFIX = ".rotary_emb.inv_freq";

    static final String INDEX_SUFFIX = ".index.json";
    private static final List<String> FILES =
            List.of(SAFETENSORS, SAFETENSORS + INDEX_SUFFIX, "pytorch_model.bin", "pytorch_model.bin" + INDEX_SUFFIX);

    private final String format;
    private final NavigableMap<String, TensorEntry> tensors;

    Checkpoint(String format, NavigableMap<String, TensorEntry> tensors) {
        this.format = format;
        this.tensors = Collections.unmodifiableNavigableMap(tensors);
    }

    /**
     * Opens the weights of a model directory: {@code model.safetensors}, its index, {@code pytorch_model.bin} or its index,
     * the first of these that is there. The shards of an index lie beside it.
     *
     * @throws MalformedCheckpointException if a file breaks its format, or an index and its shards disagree
     * @throws DeqaException if there are no weights, or a file cannot be read
     */
    public static Checkpoint open(Path directory) {
        String name = weightFile(file -> Files.exists(directory.resolve(file))).orElseThrow(() -> noWeights(directory));
        Path file = directory.resolve(name);
        return isIndex(name) ? ShardIndex.read(file).open() : openFile(file);
    }

    /** The name of the file that {@link #open} reads, or that names the files it reads; empty if there are no weights. */
    public static Optional<String> weightFile(Predicate<String> exists) {
        return FILES.stream().filter(exists).findFirst();
    }

    /** Whether a file of this name is an index, which names the files with the weights. */
    public static boolean isIndex(String name) {
        return name.endsWith(INDEX_SUFFIX);
    }

    /**
     * The names of the files that an index names, which lie beside it.
     *
     * @throws MalformedCheckpointException if the index breaks its format, or a name is not that of a file beside it
     */
    public static Set<String> shards(Path index) {
        return new TreeSet<>(ShardIndex.read(index).shards().values());
    }

    /**
     * Opens one file. The content decides on the format: a zip is PyTorch's, anything else must be safetensors.
     *
     * @throws MalformedCheckpointException if the file breaks its format
     * @throws DeqaException if it is missing, a directory, or unreadable
     */
    public static Checkpoint openFile(Path file) {
        return read(CheckpointFile.open(file));
    }

    /**
     * Reads a file that is in memory already, and keeps a copy outside the heap as long as one of its tensors is used.
     *
     * @param name what messages call the file
     * @throws MalformedCheckpointException if it breaks its format
     */
    public static Checkpoint of(String name, byte[] bytes) {
        return read(CheckpointFile.of(name, bytes));
    }

    private static Checkpoint read(CheckpointFile file) {
        try (CheckpointFile source = file) {
            FileFormat format = FileFormat.of(source);
            NavigableMap<String, TensorEntry> tensors = new TreeMap<>();
            format.read(source).forEach(tensor -> tensors.put(tensor.name(), tensor));
            return new Checkpoint(format.toString(), tensors);
        }
    }

    private static DeqaException noWeights(Path directory) {
        return new DeqaException(directory + ": "
                + (Files.isDirectory(directory)
                        ? "there are no weights here; looked for " + String.join(", ", FILES)
                        : "there is no such directory"));
    }

    /** Whether a tensor with this name follows from the configuration. A file may hold it or not. */
    public static boolean isDerived(String name) {
        return name.endsWith(DERIVED_SUFFIX);
    }

    /** The format of the files: {@code safetensors}, or {@code PyTorch zip, 2 shards}. */
    public String format() {
        return format;
    }

    /** Every tensor by its name. Unmodifiable. */
    public NavigableMap<String, TensorEntry> tensors() {
        return tensors;
    }
}
