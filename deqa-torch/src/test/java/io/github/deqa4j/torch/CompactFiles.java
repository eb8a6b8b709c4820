package io.github.deqa4j.torch;

import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Copies of the small network of a few weights that travels with the project. */
public final class CompactFiles {
    private static final Path COMPACT = Golden.mini().resolve("compact");
    private static final String CONFIG = "config.json";

    private CompactFiles() {}

    /** Copies it to a new directory, and gives that. */
    public static Path write(Path directory) {
        copy(directory, CONFIG);
        copy(directory, Checkpoint.SAFETENSORS);
        return directory;
    }

    /** As {@link #write}, with weights rounded to float16. */
    public static Path writeHalf(Path directory) {
        copy(directory, CONFIG);
        Map<String, TensorSource> weights = new TreeMap<>();
        Checkpoint.open(COMPACT).tensors().forEach((name, tensor) -> weights.put(name, TensorSource.halfOf(tensor)));
        SafetensorsWriter.write(directory.resolve(Checkpoint.SAFETENSORS), weights);
        return directory;
    }

    private static void copy(Path directory, String name) {
        try {
            Files.createDirectories(directory);
            Files.copy(COMPACT.resolve(name), directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
