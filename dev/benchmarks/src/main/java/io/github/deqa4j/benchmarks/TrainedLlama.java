package io.github.deqa4j.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes mPLUG-Owl2 with a trained language model, in float32: {@code TrainedLlama BIN TOKENIZER DIRECTORY}. BIN is a checkpoint of
 * github.com/karpathy/llama2.c (version 0, such as stories15M.bin), TOKENIZER the tokenizer.model of Llama 2.
 *
 * <p>Visual positions get the weights of text positions. The vision transformer and the abstractor are small and random. Positions
 * before the image see only text, so their logits are those of the language model.
 */
public final class TrainedLlama {
    private static final int HEADER = 7 * Integer.BYTES;
    private static final long SEED = 131;
    private static final double STD = 0.1; // of the random weights
    private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d+)\\.(.+)\\.weight");
    private static final String HEAD = "lm_head.weight";
    private static final String EMBEDDING = "model.embed_tokens.weight";

    private final Header header;
    private final FloatBuffer values;
    private final Map<String, Integer> starts = new HashMap<>(); // of a weight, or of that of all layers in order

    private TrainedLlama(ByteBuffer file) {
        header =
                Header.read(file.slice(0, HEADER).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer());
        values = file.slice(HEADER, file.limit() - HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        locate();
    }

    /** The first numbers of a checkpoint. */
    private record Header(
            int width, int mlpWidth, int layers, int heads, int keyValueHeads, int vocabulary, int positions) {
        static Header read(IntBuffer numbers) {
            int[] n = new int[HEADER / Integer.BYTES];
            numbers.get(n);
            return new Header(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
        }

        /** A negative vocabulary says that the head has weights of its own. */
        boolean tied() {
            return vocabulary > 0;
        }

        int headWidth() {
            return width / heads;
        }

        int keyValueWidth() {
            return keyValueHeads * headWidth();
        }

        void describe(ObjectNode config) {
            config.put("vocab_size", Math.abs(vocabulary))
                    .put("hidden_size", width)
                    .put("intermediate_size", mlpWidth)
                    .put("num_hidden_layers", layers)
                    .put("num_attention_heads", heads)
                    .put("num_key_value_heads", keyValueHeads)
                    .put("max_position_embeddings", positions);
        }
    }

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[2]));
        try (FileChannel channel = FileChannel.open(Path.of(args[0]))) {
            TrainedLlama llama = new TrainedLlama(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
            llama.write(directory);
        }
        Files.copy(Path.of(args[1]), directory.resolve(ModelDirectory.TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The order of the weights in the file. */
    private void locate() {
        int width = header.width();
        int layers = header.layers();
        int mlp = layers * width * header.mlpWidth();
        int keyValue = layers * width * header.keyValueWidth();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put(EMBEDDING, Math.abs(header.vocabulary()) * width);
        sizes.put("input_layernorm", layers * width);
        sizes.put("self_attn.q_proj", layers * width * width);
        sizes.put("self_attn.k_proj", keyValue);
        sizes.put("self_attn.v_proj", keyValue);
        sizes.put("self_attn.o_proj", layers * width * width);
        sizes.put("post_attention_layernorm", layers * width);
        sizes.put("mlp.gate_proj", mlp);
        sizes.put("mlp.down_proj", mlp);
        sizes.put("mlp.up_proj", mlp);
        sizes.put("model.norm.weight", width);
        sizes.put("rotations", header.positions() * header.headWidth());
        int start = 0;
        for (Map.Entry<String, Integer> size : sizes.entrySet()) {
            starts.put(size.getKey(), start);
            start += size.getValue();
        }
        starts.put(HEAD, header.tied() ? 0 : start);
    }

    private void write(Path directory) throws IOException {
        Path config = directory.resolve(ModelDirectory.CONFIG);
        try (InputStream in =
                Objects.requireNonNull(TrainedLlama.class.getResourceAsStream("trained-llama-config.json"))) {
            ObjectNode node = (ObjectNode) new JsonMapper().readTree(in);
            header.describe(node);
            new JsonMapper().writeValue(config.toFile(), node);
        }
        Map<String, TensorSource> tensors = new LinkedHashMap<>();
        try (DeqaModel model = new DeqaModel(ModelConfig.read(config))) {
            model.namedParameters().forEach((name, parameter) -> {
                if (!parameter.optional()) {
                    tensors.put(name, source(parameter, () -> trained(name, parameter)));
                }
            });
        }
        SafetensorsWriter.write(directory.resolve("model.safetensors"), tensors);
    }

    private static TensorSource source(Parameter parameter, Supplier<float[]> weight) {
        return new TensorSource(DType.F32, parameter.shape(), () -> {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(parameter.elements() * Float.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(weight.get());
            return bytes;
        });
    }

    private float[] trained(String name, Parameter parameter) {
        int size = Math.toIntExact(parameter.elements());
        Matcher layer = LAYER.matcher(name);
        if (starts.containsKey(name)) {
            return slice(starts.get(name), size);
        }
        if (!layer.matches()) {
            return random(name, size);
        }
        String kind = layer.group(2).replaceFirst("\\.multiway\\.[01]$", "");
        float[] weight =
                slice(Objects.requireNonNull(starts.get(kind), kind) + Integer.parseInt(layer.group(1)) * size, size);
        return kind.endsWith("q_proj") || kind.endsWith("k_proj") ? halves(weight) : weight;
    }

    private float[] slice(int start, int size) {
        float[] weight = new float[size];
        values.get(start, weight);
        return weight;
    }

    /** llama2.c rotates pairs of neighbors. The order of LLaMA on the Hugging Face hub has the pairs' first members first. */
    private float[] halves(float[] weight) {
        int width = header.width();
        int half = header.headWidth() / 2;
        float[] ordered = new float[weight.length];
        for (int row = 0; row < weight.length / width; row++) {
            int inHead = row % header.headWidth();
            int target = row - inHead + inHead / 2 + inHead % 2 * half;
            System.arraycopy(weight, row * width, ordered, target * width, width);
        }
        return ordered;
    }

    private static float[] random(String name, int size) {
        float[] weight = new float[size];
        if (name.contains("norm") && name.endsWith("weight")) {
            Arrays.fill(weight, 1);
            return weight;
        }
        Random random = new Random(SEED + name.hashCode());
        for (int i = 0; i < size; i++) {
            weight[i] = (float) (STD * random.nextGaussian());
        }
        return weight;
    }
}
