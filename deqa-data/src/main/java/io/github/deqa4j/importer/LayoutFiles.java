package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the files of a layout. */
final class LayoutFiles {
    private LayoutFiles() {}

    /** The first of some files that exists. */
    static Optional<Path> find(Path directory, String... names) {
        return Arrays.stream(names)
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * The first of some files.
     *
     * @throws InvalidDataException if there is none of them
     */
    static Path require(Path directory, String... names) {
        if (!Files.isDirectory(directory)) {
            throw new InvalidDataException(directory, "this is not a folder; name the folder of the data set");
        }
        return find(directory, names)
                .orElseThrow(() -> new InvalidDataException(
                        directory, "the folder holds no " + String.join(" and no ", List.of(names))));
    }
}
