package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.config.ConfigNode;
import java.nio.file.Path;
import java.util.Optional;

/** The files that a network is made of, in a directory or on the class path. */
public sealed interface ModelFiles permits ModelDirectory, BundledModel {
    /**
     * The files of a directory, or of the model that ships as a module of its own.
     *
     * @param model directory of a checkpoint or of an adapter; empty for the model on the class path
     * @param base directory of the model that the adapter adapts; empty for any other model
     * @param tokenizer a tokenizer file named by the user; of no use to the model on the class path
     * @throws DeqaException if the directory holds no model, or base and adapter do not go together, or there is no model on
     *     the class path
     */
    static ModelFiles open(Optional<Path> model, Optional<Path> base, Optional<Path> tokenizer) {
        return model.<ModelFiles>map(directory -> ModelDirectory.open(directory, base, tokenizer))
                .orElseGet(BundledModel::find);
    }

    /** What messages call the model: where it is. */
    String name();

    /**
     * The network's shapes.
     *
     * @throws io.github.deqa4j.config.InvalidConfigException if the file is missing or not a JSON object
     */
    ConfigNode config();

    /**
     * The file that {@link #config} reads, as it is.
     *
     * @throws DeqaException if it cannot be read
     */
    byte[] configBytes();

    /**
     * The weights; of an adapter, those that it adapts.
     *
     * @throws io.github.deqa4j.checkpoint.MalformedCheckpointException if a file breaks its format
     * @throws DeqaException if there are none, or a file cannot be read
     */
    Checkpoint checkpoint();

    /** The directory of the LoRA adapter that changes the weights, if there is one. */
    Optional<Path> adapter();

    /** A tokenizer file named by the user, instead of the one found. */
    Optional<Path> tokenizer();

    /**
     * The directory that they are in.
     *
     * @throws DeqaException if they are on the class path
     */
    ModelDirectory directory();
}
