package io.github.deqa4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The project's own files. */
final class Checkout {
    private Checkout() {}

    /** The folder that {@code deqa}, the documents and all modules lie in. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the checkout");
        }
        return folder;
    }
}
