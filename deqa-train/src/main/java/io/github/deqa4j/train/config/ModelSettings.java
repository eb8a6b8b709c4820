package io.github.deqa4j.train.config;

import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.config.ModelType;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.lora.PeftNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The network to start from.
 *
 * @param base directory of a full checkpoint; empty for the small network that ships as a module of its own
 * @param tokenizer a tokenizer file; empty for the one in the directory or above it
 * @param precision number format of weights and matrix products
 * @param device where to compute: {@code cpu} or {@code cuda:N}
 */
public record ModelSettings(String base, String tokenizer, Precision precision, String device) {
    /** @throws SettingsException if a value cannot be */
    public ModelSettings {
        Device.parse(device);
        TrainingConfig.require(
                !base.startsWith("hub:"),
                "model.base",
                "is " + Excerpt.of(base)
                        + ", but a run starts from a directory; fetch the repository first and name the"
                        + " directory that it is in");
        TrainingConfig.require(
                precision != Precision.INT8,
                "model.precision",
                "is int8, and integers cannot be trained; it must be float32 or bf16");
    }

    static ModelSettings defaults() {
        return new ModelSettings("", "", Precision.FLOAT32, "cpu");
    }

    /** The directory of the checkpoint; empty for the network that ships. */
    public Optional<Path> directory() {
        return base.isBlank() ? Optional.empty() : Optional.of(Path.of(base));
    }

    /**
     * Checks that the directory holds a whole network.
     *
     * @throws SettingsException if it holds a LoRA adapter
     */
    public void requireNoAdapter() {
        TrainingConfig.require(
                directory().stream().noneMatch(path -> Files.exists(path.resolve(PeftNames.CONFIG_FILE))),
                "model.base",
                "is " + Excerpt.of(base) + ", a LoRA adapter; a run starts from a whole network, so name one");
    }

    /**
     * The kind of network in a directory, by which defaults differ: the paper's where there is no {@code config.json} to say
     * so, which whoever opens the directory complains of.
     *
     * @throws io.github.deqa4j.config.InvalidConfigException if that file is malformed, or names a kind that is not known
     */
    static ModelType kind(String base) {
        if (base.isBlank()) {
            return ModelType.DEQA_COMPACT;
        }
        Path config = Path.of(base).resolve(ModelDirectory.CONFIG);
        return Files.exists(config) ? ModelType.read(ConfigNode.read(config)) : ModelType.MPLUG_OWL2;
    }
}
