package io.github.deqa4j.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The shapes of an mPLUG-Owl2 network, as its {@code config.json} gives them.
 *
 * @param vision the vision transformer
 * @param abstractor the visual abstractor
 * @param decoder the language model
 * @param quantization how its linear layers were quantized; empty if they were not
 */
public record ModelConfig(
        VisionConfig vision,
        AbstractorConfig abstractor,
        DecoderConfig decoder,
        Optional<QuantizationConfig> quantization) {
    /**
     * Reads {@code config.json} in the layout of Hugging Face transformers.
     *
     * @throws InvalidConfigException if a key is missing or impossible, or the file describes another kind of network
     */
    public static ModelConfig read(Path file) {
        return read(ConfigNode.read(file));
    }

    /**
     * Reads the object in {@code config.json}.
     *
     * @throws InvalidConfigException if a key is missing or impossible, or the file describes another kind of network
     */
    public static ModelConfig read(ConfigNode node) {
        node.requireText(ModelType.KEY, ModelType.MPLUG_OWL2.word());
        ConfigNode visual = node.object("visual_config");
        VisionConfig vision = VisionConfig.read(visual.object("visual_model"));
        AbstractorConfig abstractor = AbstractorConfig.read(visual.object("visual_abstractor"), vision);
        visual.refuseOthers(HarmlessKeys::containForPart);
        DecoderConfig decoder = DecoderConfig.read(node);
        Optional<QuantizationConfig> quantization = QuantizationConfig.read(node);
        node.refuseOthers(HarmlessKeys::contain);
        return new ModelConfig(vision, abstractor, decoder, quantization);
    }

    /** Tokens that an image takes in the decoder: the queries and the learned end. */
    public int imageTokens() {
        return abstractor.queries() + 1;
    }
}
