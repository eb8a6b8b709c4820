package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.file.ClassPathFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A model on the class path, in a folder that holds its {@code config.json} and {@code model.safetensors}. */
public final class BundledModel implements ModelFiles {
    /** The folder of the model in the module deqa-model-compact. */
    public static final String FOLDER = "io/github/deqa4j/model/compact/";

    private static final String ARTIFACT = "deqa-model-compact";
    private static final String MODULE = "io.github.deqa4j:" + ARTIFACT;

    private final ClassLoader loader;
    private final String folder;
    private final ClassPathFile config;
    private final ClassPathFile weights;

    private BundledModel(ClassLoader loader, String folder, ClassPathFile config, ClassPathFile weights) {
        this.loader = loader;
        this.folder = folder;
        this.config = config;
        this.weights = weights;
    }

    /**
     * The model of the module deqa-model-compact. The class loader of the current thread is searched first, then the one that
     * loaded this class.
     *
     * @throws DeqaException if there is none; the message names the module to add
     */
    public static BundledModel find() {
        return find(FOLDER, MODULE);
    }

    /**
     * The model in a folder of the class path.
     *
     * @param folder with slashes, the last character among them
     * @param module the artifact that holds it, for messages
     */
    private static BundledModel find(String folder, String module) {
        return Stream.of(
                        Optional.ofNullable(Thread.currentThread().getContextClassLoader()),
                        Optional.ofNullable(BundledModel.class.getClassLoader()))
                .flatMap(Optional::stream)
                .flatMap(loader -> in(loader, folder, module).stream())
                .findFirst()
                .orElseThrow(() -> new DeqaException("there is no model on the class path; add the module " + module
                        + ", in the version of deqa-torch, or name the directory of a model"));
    }

    private static Optional<BundledModel> in(ClassLoader loader, String folder, String module) {
        return ClassPathFile.find(loader, folder + CONFIG)
                .map(config -> new BundledModel(loader, folder, config, weights(loader, folder, module, config)));
    }

    private static ClassPathFile weights(ClassLoader loader, String folder, String module, ClassPathFile config) {
        return ClassPathFile.find(loader, folder + Checkpoint.SAFETENSORS)
                .orElseThrow(() -> new DeqaException(config + ": there is no " + Checkpoint.SAFETENSORS
                        + " beside it; the module " + module + " is damaged, or was built without its weights"));
    }

    @Override
    public String name() {
        return weights.toString();
    }

    @Override
    public String title() {
        return ARTIFACT;
    }

    @Override
    public Optional<ModelFile> file(String name) {
        return ClassPathFile.find(loader, folder + name).map(ModelFile::of);
    }

    @Override
    public Optional<ModelFile> tokenizer() {
        return file(TOKENIZER);
    }

    @Override
    public Optional<Path> namedTokenizer() {
        return Optional.empty();
    }

    @Override
    public ConfigNode config() {
        return ConfigNode.read(config.toString(), config.bytes());
    }

    @Override
    public Checkpoint checkpoint() {
        return Checkpoint.of(weights.toString(), weights.bytes());
    }

    @Override
    public Optional<Path> adapter() {
        return Optional.empty();
    }
}
