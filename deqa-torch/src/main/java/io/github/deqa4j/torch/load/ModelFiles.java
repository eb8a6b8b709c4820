package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.config.ConfigNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of a model, in a directory or on the class path. */
public sealed interface ModelFiles permits ModelDirectory, BundledModel {
    /** The file with the shapes of the network. */
    String CONFIG = "config.json";

    /** The file that says how images are prepared. */
    String PREPROCESSOR = "preprocessor_config.json";

    /** The file with the tokenizer. */
    String TOKENIZER = "tokenizer.model";

    /** Files of a copy that other programs read, where the model has them. */
    List<String> FOR_OTHERS = List.of("generation_config.json", "tokenizer_config.json", "special_tokens_map.json");

    /**
     * The files in a directory, or those of the bundled model.
     *
     * @param model directory of a checkpoint or of an adapter; empty for the bundled model
     * @param base directory of the model that the adapter adapts; empty for any other model
     * @param tokenizer a tokenizer file that the user names; the bundled model takes none
     * @throws DeqaException if the directory holds no model, if there is a base without an adapter or an adapter without a
     *     base, or if there is no bundled model on the class path
     */
    static ModelFiles open(Optional<Path> model, Optional<Path> base, Optional<Path> tokenizer) {
        return model.<ModelFiles>map(directory -> ModelDirectory.open(directory, base, tokenizer))
                .orElseGet(BundledModel::find);
    }

    /** The place of the model, for messages. */
    String name();

    /** A short name for people: the directory, or the artifact that the model ships in. */
    default String title() {
        return name();
    }

    /**
     * The file of a name; of an adapter its own file, or that of its base where it has none.
     *
     * @return empty if there is no such file
     */
    Optional<ModelFile> file(String name);

    /** The tokenizer: the file that the user named, or the one that belongs to the model. Empty if there is none. */
    Optional<ModelFile> tokenizer();

    /** The tokenizer file that the user named. */
    Optional<Path> namedTokenizer();

    /**
     * The shapes of the network, from {@link #CONFIG}.
     *
     * @throws io.github.deqa4j.config.InvalidConfigException if the file is missing or not a JSON object
     */
    ConfigNode config();

    /**
     * The weights; of an adapter, those of its base.
     *
     * @throws io.github.deqa4j.checkpoint.MalformedCheckpointException if a file breaks its format
     * @throws DeqaException if there are none, or a file cannot be read
     */
    Checkpoint checkpoint();

    /** The directory of the LoRA adapter that changes the weights. */
    Optional<Path> adapter();
}
