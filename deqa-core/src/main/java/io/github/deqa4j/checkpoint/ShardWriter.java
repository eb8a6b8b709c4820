package io.github.deqa4j.checkpoint;

import io.github.deqa4j.file.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Writes the weights of a model in the layout of the transformers library: one safetensors file, or several with an index. */
public final class ShardWriter {
    /** Bytes of a file, as the transformers library has it. */
    public static final long SHARD_BYTES = 5_000_000_000L;

    private ShardWriter() {}

    /**
     * Writes files, one tensor in memory at a time.
     *
     * @param folder where to; it exists
     * @param tensors by name; each must be smaller than 2 GiB
     * @param shardBytes bytes of weights in a file, unless a single tensor is larger
     * @throws io.github.deqa4j.DeqaException if a file cannot be written
     */
    public static void write(Path folder, NavigableMap<String, TensorSource> tensors, long shardBytes) {
        List<Map<String, TensorSource>> shards = shards(tensors, shardBytes);
        if (shards.size() == 1) {
            SafetensorsWriter.write(folder.resolve(Checkpoint.SAFETENSORS), shards.get(0));
            return;
        }
        Map<String, String> index = new TreeMap<>();
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            SafetensorsWriter.write(folder.resolve(name), shards.get(i));
            shards.get(i).keySet().forEach(tensor -> index.put(tensor, name));
        }
        long bytes = tensors.values().stream().mapToLong(TensorSource::bytes).sum();
        JsonFile.write(
                folder.resolve(Checkpoint.SAFETENSORS + Checkpoint.INDEX_SUFFIX),
                Map.of("metadata", Map.of("total_size", bytes), "weight_map", index));
    }

    private static List<Map<String, TensorSource>> shards(NavigableMap<String, TensorSource> tensors, long shardBytes) {
        List<Map<String, TensorSource>> shards = new ArrayList<>();
        long room = 0;
        for (Map.Entry<String, TensorSource> entry : tensors.entrySet()) {
            long bytes = entry.getValue().bytes();
            if (shards.isEmpty() || bytes > room) {
                shards.add(new TreeMap<>());
                room = shardBytes;
            }
            room -= bytes;
            shards.get(shards.size() - 1).put(entry.getKey(), entry.getValue());
        }
        return shards;
    }
}
