package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.torch.lora.PeftNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The weights in an adapter's directory. */
final class AdapterFiles {
    private AdapterFiles() {}

    /** The file with A and B. If there is none, the name of a .bin file, for the message about the missing file. */
    static Path pairs(Path directory) {
        return find(directory, PeftNames.ADAPTER_FILE).orElse(directory.resolve(PeftNames.ADAPTER_FILE + ".bin"));
    }

    /**
     * The file with the weights that were trained in full beside the adapter, which the training code of the authors writes.
     *
     * @return empty for an adapter that PEFT alone wrote
     * @throws DeqaException if config.json says that the vision model or the abstractor was trained, and there is no such file
     */
    static Optional<Path> trained(Path directory) {
        Optional<Path> file = find(directory, PeftNames.TRAINED_FILE);
        Path settings = directory.resolve(ModelFiles.CONFIG);
        if (file.isEmpty() && Files.exists(settings) && saysMoreWasTrained(ConfigNode.read(settings))) {
            throw new DeqaException(directory + ": there is no " + PeftNames.TRAINED_FILE + ".bin, but config.json says"
                    + " that the vision model or the abstractor was trained with this adapter (\"freeze_vision_model\","
                    + " \"tune_visual_abstractor\"); put that file there, too");
        }
        return file;
    }

    private static boolean saysMoreWasTrained(ConfigNode node) {
        return !node.flag("freeze_vision_model", true) || node.flag("tune_visual_abstractor", false);
    }

    /** Those of some files that are an adapter's weights. */
    static Stream<String> needed(Set<String> names) {
        return Stream.of(PeftNames.ADAPTER_FILE, PeftNames.TRAINED_FILE)
                .flatMap(name -> find(name, names::contains).stream());
    }

    private static Optional<Path> find(Path directory, String name) {
        return find(name, file -> Files.exists(directory.resolve(file))).map(directory::resolve);
    }

    private static Optional<String> find(String name, Predicate<String> exists) {
        return Stream.of(".safetensors", ".bin")
                .map(ending -> name + ending)
                .filter(exists)
                .findFirst();
    }
}
