package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.torch.lora.PeftNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a model in a directory: a full checkpoint, or a LoRA adapter with the model that it adapts.
 *
 * @param model directory with {@code config.json} and weights, or with {@code adapter_config.json}
 * @param base directory of the adapted model; present exactly if {@code model} is an adapter
 * @param namedTokenizer a tokenizer file that the user names instead of the one found
 */
public record ModelDirectory(Path model, Optional<Path> base, Optional<Path> namedTokenizer) implements ModelFiles {
    private static final int PARENTS_SEARCHED = 2;

    /**
     * The model in a directory.
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
                    "base",
                    model + ": this is a LoRA adapter; set \"base\" to the directory of the model that it adapts");
        }
        if (!adapter && base.isPresent()) {
            throw new InvalidSettingException(
                    "base",
                    model + ": there is no " + PeftNames.CONFIG_FILE
                            + ", so this is no LoRA adapter; leave out \"base\", which is " + base.get());
        }
        return new ModelDirectory(model, base, tokenizer);
    }

    @Override
    public String name() {
        return model.toString();
    }

    @Override
    public Optional<ModelFile> file(String name) {
        return path(name).map(ModelFile::of);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The one that belongs to the model is {@code tokenizer.model} in its directory or in that of its base, or in up to two
     * directories above them, where several models can share one.
     */
    @Override
    public Optional<ModelFile> tokenizer() {
        return namedTokenizer
                .or(() -> Stream.concat(Stream.of(model), base.stream())
                        .flatMap(ModelDirectory::tokenizersAt)
                        .findFirst())
                .map(ModelFile::of);
    }

    @Override
    public ConfigNode config() {
        return ConfigNode.read(path(CONFIG).orElse(model.resolve(CONFIG)));
    }

    @Override
    public Checkpoint checkpoint() {
        return Checkpoint.open(base.orElse(model));
    }

    @Override
    public Optional<Path> adapter() {
        return base.map(adapted -> model);
    }

    /**
     * The tokenizer of a directory, found as {@link #tokenizer} does. The directory need not hold a model.
     *
     * @throws DeqaException if there is none
     */
    public static Path findTokenizer(Path directory) {
        requireDirectory(directory);
        return tokenizersAt(directory).findFirst().orElseThrow(() -> noTokenizer(directory.toString()));
    }

    /** The error for a model without a tokenizer. */
    public static DeqaException noTokenizer(String model) {
        return new DeqaException(model + ": there is no " + TOKENIZER + " here or in the " + PARENTS_SEARCHED
                + " folders above; put it there, or name it with the setting \"tokenizer\"");
    }

    private Optional<Path> path(String name) {
        return Stream.concat(Stream.of(model), base.stream())
                .map(directory -> directory.resolve(name))
                .filter(Files::exists)
                .findFirst();
    }

    private static Stream<Path> tokenizersAt(Path directory) {
        return Stream.iterate(directory.toAbsolutePath().normalize(), path -> path != null, Path::getParent)
                .limit(1 + PARENTS_SEARCHED)
                .map(path -> path.resolve(TOKENIZER))
                .filter(Files::exists);
    }

    private static void requireDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new DeqaException(
                    directory + ": " + (Files.exists(directory) ? "this is a file" : "there is no such directory")
                            + "; a model is a directory with " + CONFIG + " and weights" + hubHint(directory));
        }
    }

    /** What a missing directory may have been meant as: two words are a repository, too. */
    private static String hubHint(Path directory) {
        boolean repository = !directory.isAbsolute() && directory.getNameCount() == 2 && !Files.exists(directory);
        return repository ? "; a model of the Hugging Face hub is named hub:owner/name" : "";
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
}
