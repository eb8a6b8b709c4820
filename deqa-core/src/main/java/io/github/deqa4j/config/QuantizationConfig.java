package io.github.deqa4j.config;

import io.github.deqa4j.file.JsonFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code config.json} says of a network with weights of 8-bit integers, in the object that the transformers library has for all
 * quantized networks. A weight {@code X.weight} is I8 (out, in), symmetric, and has one scale for each output,
 * {@code X.weight_scale}, F32 (out). Inputs are quantized when they arrive, with one scale for each token.
 *
 * @param kept the linear layers whose weights are not quantized, by their dotted names
 */
public record QuantizationConfig(List<String> kept) {
    /** The key of the object in {@code config.json}. */
    public static final String KEY = "quantization_config";

    /** The key of the layers that are not quantized. */
    public static final String KEPT = "modules_to_not_convert";

    private static final String METHOD_KEY = "quant_method";
    private static final String METHOD = "deqa4j-int8";
    private static final String BITS_KEY = "bits";
    private static final String INPUTS_KEY = "activation_scheme";
    private static final String INPUTS = "dynamic";

    /** Copies the list. */
    public QuantizationConfig {
        kept = List.copyOf(kept);
    }

    /**
     * What a {@code config.json} says.
     *
     * @return empty if the network is not quantized
     * @throws InvalidConfigException if it was quantized in another way than this project does
     */
    static Optional<QuantizationConfig> read(ConfigNode root) {
        if (!root.says(KEY)) {
            return Optional.empty();
        }
        if (!root.isObject(KEY)) {
            root.requireNothing(KEY);
        }
        ConfigNode node = root.object(KEY);
        if (!node.isText(METHOD_KEY) || !node.text(METHOD_KEY).equals(METHOD)) {
            root.requireNothing(KEY);
        }
        int bits = node.positiveInt(BITS_KEY);
        node.require(bits == Byte.SIZE, BITS_KEY, "is " + bits + "; it must be " + Byte.SIZE);
        node.requireText(INPUTS_KEY, INPUTS);
        QuantizationConfig config = new QuantizationConfig(node.texts(KEPT));
        node.refuseOthers(key -> false);
        return Optional.of(config);
    }

    /**
     * Writes this into a {@code config.json}.
     *
     * @param config the file of the network before it was quantized
     * @throws InvalidConfigException if it is missing or not a JSON object
     * @throws io.github.deqa4j.DeqaException if it cannot be written
     */
    public void addTo(Path config) {
        JsonFile.write(config, ConfigNode.read(config).with(KEY, tree()));
    }

    /** The object as {@code config.json} holds it. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(METHOD_KEY, METHOD);
        tree.put(BITS_KEY, Byte.SIZE);
        tree.put(INPUTS_KEY, INPUTS);
        tree.put(KEPT, kept);
        return tree;
    }
}
