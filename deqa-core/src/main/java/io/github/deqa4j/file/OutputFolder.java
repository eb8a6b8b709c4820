package io.github.deqa4j.file;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that a user names to write to. */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * Checks, before long work, that nothing but a folder stands there.
     *
     * @throws DeqaException if a file does
     */
    public static void requirePossible(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new DeqaException(folder + ": this is a file; name a folder to write to");
        }
    }

    /**
     * Makes a folder and those above it, where they do not exist.
     *
     * @throws DeqaException if it cannot be made
     */
    public static void make(Path folder) {
        requirePossible(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new DeqaException(folder + ": the folder cannot be made; choose another place", e);
        }
    }
}
