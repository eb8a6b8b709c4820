package io.github.deqa4j.train.checkpoint;

import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.file.JsonFile;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.TensorFile;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.nn.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes a complete network in the layout that this project and the authors' Python code load: safetensors, in shards if it is
 * large, with the configuration and, if it reads text, the tokenizer of the base.
 */
public final class ModelWriter {
    /** Bytes of a shard, as the transformers library has it. */
    public static final long SHARD_BYTES = 5_000_000_000L;

    private final ModelFiles base;
    private final long shardBytes;

    /**
     * A writer.
     *
     * @param base where the configuration and the tokenizer are
     * @param shardBytes bytes of weights in a file, unless a single tensor is larger
     */
    public ModelWriter(ModelFiles base, long shardBytes) {
        this.base = base;
        this.shardBytes = shardBytes;
    }

    /**
     * Writes a directory. If this fails, nothing of it is left.
     *
     * @param record writes further files into it
     * @throws io.github.deqa4j.DeqaException if it cannot be written
     */
    public void write(Path directory, NavigableMap<String, Parameter> parameters, Consumer<Path> record) {
        AtomicDirectory.write(directory, folder -> {
            NetworkArchitecture.of(base).writeCompanions(folder);
            writeWeights(folder, parameters);
            record.accept(folder);
        });
    }

    private void writeWeights(Path folder, NavigableMap<String, Parameter> parameters) {
        List<Map<String, Tensor>> shards = shards(parameters);
        if (shards.size() == 1) {
            TensorFile.write(folder.resolve(Checkpoint.SAFETENSORS), shards.get(0));
            return;
        }
        Map<String, String> index = new TreeMap<>();
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            TensorFile.write(folder.resolve(name), shards.get(i));
            shards.get(i).keySet().forEach(tensor -> index.put(tensor, name));
        }
        long bytes = parameters.values().stream().mapToLong(ModelWriter::bytes).sum();
        writeIndex(folder, index, bytes);
    }

    private List<Map<String, Tensor>> shards(NavigableMap<String, Parameter> parameters) {
        List<Map<String, Tensor>> shards = new ArrayList<>();
        long room = 0;
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            long bytes = bytes(entry.getValue());
            if (shards.isEmpty() || bytes > room) {
                shards.add(new TreeMap<>());
                room = shardBytes;
            }
            room -= bytes;
            shards.get(shards.size() - 1).put(entry.getKey(), entry.getValue().value());
        }
        return shards;
    }

    private static void writeIndex(Path folder, Map<String, String> index, long bytes) {
        JsonFile.write(
                folder.resolve("model.safetensors.index.json"),
                Map.of("metadata", Map.of("total_size", bytes), "weight_map", index));
    }

    private static long bytes(Parameter parameter) {
        return parameter.elements() * parameter.value().element_size();
    }
}
