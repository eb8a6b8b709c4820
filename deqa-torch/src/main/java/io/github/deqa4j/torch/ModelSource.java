package io.github.deqa4j.torch;

import java.nio.file.Path;
import java.util.Optional;

/** Where a model comes from. */
public sealed interface ModelSource {
    /** The small model that ships as {@code io.github.deqa4j:deqa-model-compact}, found on the class path or module path. */
    static ModelSource bundled() {
        return new Bundled();
    }

    /**
     * A directory with {@code config.json} and weights, as the authors' models have it: safetensors or PyTorch {@code .bin}
     * files.
     */
    static Directory directory(Path model) {
        return new Directory(model, Optional.empty(), Optional.empty());
    }

    /**
     * A LoRA adapter with the model that it adapts.
     *
     * @param adapter directory with {@code adapter_config.json}
     * @param base directory of the adapted model
     */
    static Directory adapter(Path adapter, Path base) {
        return new Directory(adapter, Optional.of(base), Optional.empty());
    }

    /** {@link #bundled}. */
    record Bundled() implements ModelSource {}

    /**
     * {@link #directory} or {@link #adapter}.
     *
     * @param model directory of a checkpoint or of an adapter
     * @param base directory of the model that the adapter adapts; empty for a checkpoint
     * @param tokenizer a {@code tokenizer.model}; empty for the one in the directory or up to two folders above it
     */
    record Directory(Path model, Optional<Path> base, Optional<Path> tokenizer) implements ModelSource {
        public Directory withTokenizer(Path file) {
            return new Directory(model, base, Optional.of(file));
        }
    }
}
