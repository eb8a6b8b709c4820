package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.image.prepare.PreprocessorConfig;
import io.github.deqa4j.torch.lora.PeftNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a model: a full checkpoint, or a LoRA adapter with the model it adapts.
 *
 * @param model directory with {@code config.json} and weights, or with {@code adapter_config.json}
 * @param base the adapted model; present exactly if {@code model} is an adapter
 * @param tokenizer a tokenizer file named by the user, instead of the one found
 */
public record ModelDirectory(Path model, Optional<Path> base, Optional<Path> tokenizer) implements ModelFiles {
    /** The file with the network's shapes. */
    public static final String CONFIG = "config.json";

    /** The file that says how images are prepared. */
    public static final String PREPROCESSOR = "preprocessor_config.json";

    /** The file with the tokenizer. */
    public static final String TOKENIZER = "tokenizer.model";

    private static final int PARENTS_SEARCHED = 2;

    /**
     * Finds out what a directory is.
     *
     * @throws DeqaException if the directory does not exist or holds no model
     * @throws InvalidSettingException if an adapter comes without its base or the other way round
     */
    public static ModelDirectory open(Path model, Optional<Path> base, Optional<Path> tokenizer) {
        requireDirectory(model);
        base.ifPresent(ModelDirectory::requireDirectory);
        boolean adapter = Files.exists(model.resolve(PeftNames.CONFIG_FILE));
        if (!adapter && !Files.exists(model.resolve(CONFIG))) {
            throw noModel(model);
        }
        if (adapter && base.isEmpty()) {
            throw new InvalidSettingException(
                    model + ": this is a LoRA adapter; name the directory of the model it adapts with --base");
        }
        if (!adapter && base.isPresent()) {
            throw new InvalidSettingException(model + ": there is no " + PeftNames.CONFIG_FILE
                    + ", so this is no LoRA adapter and --base " + base.get() + " has nothing to do; leave --base out");
        }
        return new ModelDirectory(model, base, tokenizer);
    }

    @Override
    public String name() {
        return model.toString();
    }

    @Override
    public ConfigNode config() {
        return ConfigNode.read(configFile());
    }

    @Override
    public byte[] configBytes() {
        try {
            return Files.readAllBytes(configFile());
        } catch (IOException e) {
            throw new DeqaException(configFile() + ": the file cannot be read (" + e + ")", e);
        }
    }

    @Override
    public Checkpoint checkpoint() {
        return Checkpoint.open(base.orElse(model));
    }

    @Override
    public Optional<Path> adapter() {
        return base.map(adapted -> model);
    }

    @Override
    public ModelDirectory directory() {
        return this;
    }

    /** The network's shapes: the model's own file, or its base's. */
    public Path configFile() {
        return first(CONFIG).orElse(model.resolve(CONFIG));
    }

    /**
     * How images are prepared: as the model's {@code preprocessor_config.json} says, or its base's; without one the
     * standard holds.
     *
     * @param config the network's shapes
     * @throws DeqaException if the file is malformed, or makes images of another size than the network's
     */
    public PreprocessorConfig images(ModelConfig config) {
        int side = config.vision().imageSize();
        PreprocessorConfig images =
                preprocessorFile().map(PreprocessorConfig::read).orElseGet(() -> PreprocessorConfig.standard(side));
        if (images.cropSize() != side) {
            throw new DeqaException(model + ": " + PREPROCESSOR + " makes images of " + images.cropSize()
                    + " pixels, but " + CONFIG + " wants \"image_size\" " + side + "; they must be equal");
        }
        return images;
    }

    /** The file that says how images are prepared: the model's own, or its base's. */
    public Optional<Path> preprocessorFile() {
        return first(PREPROCESSOR);
    }

    /**
     * The tokenizer: the file the user named; otherwise {@code tokenizer.model} in the model, its base, or the nearest of
     * their two parents, where several models can share one.
     *
     * @throws DeqaException if there is none
     */
    public Path tokenizerFile() {
        return tokenizer
                .or(() -> Stream.concat(Stream.of(model), base.stream())
                        .flatMap(ModelDirectory::tokenizerAt)
                        .findFirst())
                .orElseThrow(() -> noTokenizer(model));
    }

    /**
     * The tokenizer of a directory, found as {@link #tokenizerFile} does; the directory need hold nothing else.
     *
     * @throws DeqaException if there is none
     */
    public static Path findTokenizer(Path directory) {
        requireDirectory(directory);
        return tokenizerAt(directory).findFirst().orElseThrow(() -> noTokenizer(directory));
    }

    private Optional<Path> first(String name) {
        return Stream.concat(Stream.of(model), base.stream())
                .map(directory -> directory.resolve(name))
                .filter(Files::exists)
                .findFirst();
    }

    private static Stream<Path> tokenizerAt(Path directory) {
        return Stream.iterate(directory.toAbsolutePath().normalize(), path -> path != null, Path::getParent)
                .limit(1 + PARENTS_SEARCHED)
                .map(path -> path.resolve(TOKENIZER))
                .filter(Files::exists);
    }

    private static void requireDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new DeqaException(
                    directory + ": " + (Files.exists(directory) ? "this is a file" : "there is no such directory")
                            + "; a model is a directory with " + CONFIG + " and weights");
        }
    }

    private static DeqaException noModel(Path directory) {
        String hint = Stream.of("model", "best")
                .map(directory::resolve)
                .filter(below -> Files.exists(below.resolve(CONFIG)))
                .findFirst()
                .map(below -> "; did you mean " + below + "?")
                .orElse("");
        return new DeqaException(directory + ": there is no " + CONFIG
                + " here, so this is no model; a model is a directory with " + CONFIG + " and weights" + hint);
    }

    private static DeqaException noTokenizer(Path directory) {
        return new DeqaException(directory + ": there is no " + TOKENIZER + " here or in the " + PARENTS_SEARCHED
                + " folders above; put it there or name it (--tokenizer, or model.tokenizer in training settings)");
    }
}
