package io.github.deqa4j.torch.network;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.config.ModelType;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.reliability.FaultFile;
import io.github.deqa4j.reliability.ReliabilityFile;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.load.ModelFile;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.NetworkDescription;
import io.github.deqa4j.torch.load.NetworkPart;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/** A network as its files describe it: everything but the weights. */
public interface NetworkArchitecture {
    /**
     * The architecture of a model. This is the one place that knows the kinds of networks.
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

    /** The network in words and as blocks without weights. */
    NetworkDescription description();

    /**
     * The part of the network that a weight belongs to.
     *
     * @param parameter the dotted name of the weight, or of an adapter's matrix for it
     */
    NetworkPart part(String parameter);

    /** The precision in which the network is computed unless another one is set: that of its weights where they are quantized. */
    Precision usualPrecision();

    /** The linear layers that can have weights of 8-bit integers, by their dotted names; none of a network that is not computed so. */
    NavigableSet<String> quantizableLayers();

    /** Whether the network reads text, so that it has a prompt and a tokenizer. */
    boolean readsText();

    /**
     * How images are prepared for the network.
     *
     * @throws DeqaException if a file that says so is malformed
     */
    ImageView view();

    /**
     * Writes the files that a copy of the model has beside its weights.
     *
     * @param folder where to; it exists
     * @throws DeqaException if a file that the copy needs is not found, or one cannot be written
     */
    void writeCompanions(Path folder);

    /**
     * The files that scores depend on, beside {@code config.json} and the weights.
     *
     * @throws DeqaException if a file that the network needs is not found
     */
    List<ModelFile> answerFiles();

    /**
     * The file that says how far scores can be relied on. They do not depend on it.
     *
     * @return empty if there is none, or this kind of network has none
     * @throws DeqaException if the file is malformed, or made for a network of another shape
     */
    default Optional<ReliabilityFile> reliability() {
        return Optional.empty();
    }

    /**
     * The file that says what faults the network sees. Scores do not depend on it.
     *
     * @return empty if there is none, or this kind of network has none
     * @throws DeqaException if the file is malformed, or made for a network of another shape
     */
    default Optional<FaultFile> faults() {
        return Optional.empty();
    }

    /**
     * Loads the weights.
     *
     * @throws DeqaException if a file is missing or malformed
     * @throws io.github.deqa4j.InvalidSettingException if a setting does not go with this kind of network
     */
    LevelNetwork load(NetworkSettings settings);
}
