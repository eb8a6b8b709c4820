package io.github.deqa4j.torch.lora;

import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.config.InvalidConfigException;
import java.nio.file.Path;

/**
 * The settings of a low-rank adapter that matter for merging it.
 *
 * @param rank r, the inner dimension of the update
 * @param alpha α, its strength
 */
public record LoraConfig(int rank, double alpha) {

    /**
     * Reads {@code adapter_config.json} in the layout of PEFT.
     *
     * @throws InvalidConfigException if a key is missing or impossible, or asks for a variant that is not plain LoRA
     */
    public static LoraConfig read(Path file) {
        ConfigNode node = ConfigNode.read(file);
        node.requireText("peft_type", "LORA");
        node.requireText("bias", "none");
        node.requireFlag("fan_in_fan_out", false);
        node.requireFlag("use_rslora", false);
        node.requireFlag("use_dora", false);
        node.requireAbsent("modules_to_save");
        return new LoraConfig(node.positiveInt("r"), node.positive("lora_alpha"));
    }

    /** α/r, the factor of B·A. */
    public double scale() {
        return alpha / rank;
    }
}
