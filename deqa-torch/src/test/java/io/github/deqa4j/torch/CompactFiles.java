package io.github.deqa4j.torch;

import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.trunk.CompactStart;
import java.nio.file.Path;

/** A small network of a few weights. */
public final class CompactFiles {
    private CompactFiles() {}

    /** Writes it to a new directory, and gives that. */
    public static Path write(Path directory) {
        CompactStart.write(Golden.mini().resolve("trunk.safetensors"), directory, 1);
        return directory;
    }
}
