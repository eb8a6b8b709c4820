package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.hub.FileSelection;
import io.github.deqa4j.reliability.FaultFile;
import io.github.deqa4j.reliability.ReliabilityFile;
import io.github.deqa4j.torch.lora.PeftNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The files of a repository that a model is made of: its settings, its tokenizer, and its weights in the one format that would be
 * read. Code, other formats and all else stay where they are.
 */
public final class NeededFiles implements FileSelection {
    /** Small files, each of which a model may have. */
    private static final List<String> SETTINGS = Stream.concat(
                    Stream.of(
                            ModelFiles.CONFIG,
                            ModelFiles.PREPROCESSOR,
                            ModelFiles.TOKENIZER,
                            ReliabilityFile.NAME,
                            FaultFile.NAME),
                    ModelFiles.FOR_OTHERS.stream())
            .toList();

    /** {@inheritDoc} */
    @Override
    public Set<String> select(String repository, Set<String> names, Function<String, Path> file) {
        Set<String> needed = new TreeSet<>(SETTINGS);
        needed.retainAll(names);
        if (names.contains(PeftNames.CONFIG_FILE)) {
            needed.add(PeftNames.CONFIG_FILE);
            AdapterFiles.needed(names).forEach(needed::add);
            return needed;
        }
        if (!names.contains(ModelFiles.CONFIG)) {
            throw new DeqaException(repository + ": there is no " + ModelFiles.CONFIG + " and no "
                    + PeftNames.CONFIG_FILE + " in this repository, so this is no model");
        }
        needed.addAll(weights(repository, names, file));
        return needed;
    }

    private static Set<String> weights(String repository, Set<String> names, Function<String, Path> file) {
        Set<String> needed = new TreeSet<>();
        String weights = Checkpoint.weightFile(names::contains)
                .orElseThrow(() -> new DeqaException(repository
                        + ": there are no weights in this repository, neither safetensors nor PyTorch .bin"));
        needed.add(weights);
        if (Checkpoint.isIndex(weights)) {
            needed.addAll(Checkpoint.shards(file.apply(weights)));
        }
        return needed;
    }
}
