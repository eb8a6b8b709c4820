package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.file.ClassPathFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The model that ships as a module of its own, which holds nothing but its files. */
public final class BundledModel implements ModelFiles {
    /** Where its files are on the class path. */
    public static final String FOLDER = "io/github/deqa4j/model/compact/";

    private static final String MODULE = "io.github.deqa4j:deqa-model-compact";

    private final ClassPathFile config;
    private final ClassPathFile weights;

    private BundledModel(ClassPathFile config, ClassPathFile weights) {
        this.config = config;
        this.weights = weights;
    }

    /**
     * The model that the current thread's class loader finds, or the one that loaded this class.
     *
     * @throws DeqaException if there is none; the message names the module to add
     */
    public static BundledModel find() {
        return Stream.of(
                        Optional.ofNullable(Thread.currentThread().getContextClassLoader()),
                        Optional.ofNullable(BundledModel.class.getClassLoader()))
                .flatMap(Optional::stream)
                .flatMap(loader -> in(loader).stream())
                .findFirst()
                .orElseThrow(() -> new DeqaException("there is no model on the class path; add the module " + MODULE
                        + ", in the version of deqa-torch, or name the directory of a model"));
    }

    private static Optional<BundledModel> in(ClassLoader loader) {
        return ClassPathFile.find(loader, FOLDER + ModelDirectory.CONFIG)
                .map(config -> new BundledModel(config, weights(loader, config)));
    }

    private static ClassPathFile weights(ClassLoader loader, ClassPathFile config) {
        return ClassPathFile.find(loader, FOLDER + Checkpoint.SAFETENSORS)
                .orElseThrow(() -> new DeqaException(config + ": there is no " + Checkpoint.SAFETENSORS
                        + " beside it; the module " + MODULE + " is damaged, or was built without its weights"));
    }

    @Override
    public String name() {
        return weights.toString();
    }

    @Override
    public ConfigNode config() {
        return ConfigNode.read(config.toString(), configBytes());
    }

    @Override
    public byte[] configBytes() {
        return config.bytes();
    }

    @Override
    public Checkpoint checkpoint() {
        return Checkpoint.of(weights.toString(), weights.bytes());
    }

    /** Its files: the configuration and the weights. */
    public List<ClassPathFile> files() {
        return List.of(config, weights);
    }

    @Override
    public Optional<Path> adapter() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> tokenizer() {
        return Optional.empty();
    }

    @Override
    public ModelDirectory directory() {
        throw new DeqaException(
                name() + ": this needs a model in a directory, and not one on the class path; copy its files"
                        + " to a folder and name that");
    }
}
