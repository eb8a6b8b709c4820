package io.github.deqa4j.file;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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
     * Checks that nothing stands there, or an empty folder, so that filling it destroys nothing.
     *
     * @throws DeqaException if a file or a folder with files does
     */
    public static void requireNew(Path folder) {
        requirePossible(folder);
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            if (files.findAny().isPresent()) {
                throw new DeqaException(folder + ": there are files here already; name another folder to write to");
            }
        } catch (IOException e) {
            throw new DeqaException(folder + ": the folder cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Makes a folder and those above it, where they do not exist.
     *
     * @throws DeqaException if it cannot be made or written to
     */
    public static void make(Path folder) {
        requirePossible(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new DeqaException(folder + ": the folder cannot be made; choose another place", e);
        }
        try {
            Files.delete(Files.createTempFile(folder, ".", ".tmp")); // permissions alone do not tell
        } catch (IOException e) {
            throw new DeqaException(folder + ": the folder cannot be written to; choose another place", e);
        }
    }
}
