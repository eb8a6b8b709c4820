package io.github.deqa4j.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.checkpoint.TorchZipWriter;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Writes a checkpoint of the released network's shape with random weights, bfloat16, in two PyTorch shards: {@code
 * RandomCheckpoint DIRECTORY TOKENIZER}. 16.4 GB.
 */
public final class RandomCheckpoint {
    private static final int BLOCK_ELEMENTS = 1 << 20;
    private static final double STD = 0.02;
    private static final int SHARDS = 2;
    private static final long SEED = 131;

    private RandomCheckpoint() {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        Path config = directory.resolve(ModelDirectory.CONFIG);
        try (InputStream in =
                Objects.requireNonNull(RandomCheckpoint.class.getResourceAsStream("full-size-config.json"))) {
            Files.copy(in, config, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.copy(Path.of(args[1]), directory.resolve(ModelDirectory.TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
        try (DeqaModel model = new DeqaModel(ModelConfig.read(config))) {
            write(directory, model.namedParameters());
        }
    }

    private static void write(Path directory, Map<String, Parameter> parameters) throws IOException {
        byte[] block = randomBlock();
        Map<String, String> index = new LinkedHashMap<>();
        long total = parameters.values().stream().mapToLong(Parameter::elements).sum();
        long before = 0;
        Map<Integer, Map<String, TensorSource>> shards = new LinkedHashMap<>();
        for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
            int shard = (int) Math.min(SHARDS - 1, before * SHARDS / total);
            before += entry.getValue().elements();
            index.put(entry.getKey(), shardName(shard));
            shards.computeIfAbsent(shard, key -> new LinkedHashMap<>())
                    .put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), block));
        }
        for (Map.Entry<Integer, Map<String, TensorSource>> shard : shards.entrySet()) {
            TorchZipWriter.write(directory.resolve(shardName(shard.getKey())), shard.getValue());
            System.out.println(shardName(shard.getKey()));
        }
        new JsonMapper()
                .writeValue(
                        directory.resolve("pytorch_model.bin.index.json").toFile(),
                        Map.of("metadata", Map.of("total_size", total * Short.BYTES), "weight_map", index));
    }

    private static String shardName(int shard) {
        return String.format(Locale.ROOT, "pytorch_model-%05d-of-%05d.bin", shard + 1, SHARDS);
    }

    private static TensorSource tensor(String name, Parameter parameter, byte[] block) {
        boolean scale = name.contains("norm") && name.endsWith("weight");
        byte[] values = scale ? ones() : block;
        long bytes = parameter.elements() * Short.BYTES;
        int start = scale ? 0 : Math.floorMod(name.hashCode(), BLOCK_ELEMENTS / 2) * Short.BYTES;
        return new TensorSource(DType.BF16, parameter.shape(), () -> {
            ByteBuffer elements = ByteBuffer.allocate(Math.toIntExact(bytes));
            elements.put(values, start, Math.min(elements.remaining(), values.length - start));
            while (elements.hasRemaining()) {
                elements.put(values, 0, Math.min(elements.remaining(), values.length));
            }
            return elements.flip();
        });
    }

    private static byte[] randomBlock() {
        Random random = new Random(SEED);
        ByteBuffer block = ByteBuffer.allocate(BLOCK_ELEMENTS * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < BLOCK_ELEMENTS; i++) {
            block.putShort(bf16((float) (STD * random.nextGaussian())));
        }
        return block.array();
    }

    private static byte[] ones() {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_ELEMENTS * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        short[] values = new short[BLOCK_ELEMENTS];
        Arrays.fill(values, bf16(1));
        block.asShortBuffer().put(values);
        return block.array();
    }

    private static short bf16(float value) {
        return (short) (Float.floatToRawIntBits(value) >>> Short.SIZE);
    }
}
