package io.github.deqa4j.torch.network;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.config.ModelType;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.torch.load.ModelFile;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.NetworkDescription;
import java.nio.file.Path;
import java.util.List;

/** A network as its files describe it: everything but the weights. */
public interface NetworkArchitecture {
    /**
     * The design of a model: the one place that knows which kinds of network there are.
     *
     * @throws DeqaException if {@code config.json} cannot be read, describes a kind that is not known, or says something
     *     impossible
     */
    static NetworkArchitecture of(ModelFiles files) {
        ConfigNode config = files.config();
        return switch (ModelType.read(config)) {
            case MPLUG_OWL2 -> new PromptedArchitecture(files, ModelConfig.read(config));
            case DEQA_COMPACT -> new CompactArchitecture(files, CompactConfig.read(config));
        };
    }

    /** What it is, in words and as blocks without weights. */
    NetworkDescription description();

    /** Whether it is asked in words, so that it has a prompt and a tokenizer. */
    boolean readsText();

    /**
     * How it sees images.
     *
     * @throws DeqaException if a file that says so is malformed
     */
    ImageView view();

    /**
     * Writes the files beside the weights that a copy of the model needs or likes to have.
     *
     * @param folder where to; it exists
     * @throws DeqaException if one that it cannot do without is not found, or one cannot be written
     */
    void writeCompanions(Path folder);

    /**
     * The files that its answers follow from, beside {@code config.json} and the weights.
     *
     * @throws DeqaException if one that it cannot do without is not found
     */
    List<ModelFile> answerFiles();

    /**
     * Loads the weights.
     *
     * @throws DeqaException if a file is missing or malformed
     * @throws io.github.deqa4j.InvalidSettingException if a setting does not go with this kind of network
     */
    LevelNetwork load(NetworkSettings settings);
}
