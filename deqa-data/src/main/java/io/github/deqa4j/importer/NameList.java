package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** A file with the name of an image on each line. */
public final class NameList {
    private NameList() {}

    /**
     * Reads the names; blank lines are passed over.
     *
     * @throws InvalidDataException if the file is missing, not text, or names nothing
     */
    public static Set<String> read(Path file) {
        Set<String> names = TextFile.read(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toSet());
        if (names.isEmpty()) {
            throw new InvalidDataException(file, "the list names no image; give one name a line");
        }
        return names;
    }
}
