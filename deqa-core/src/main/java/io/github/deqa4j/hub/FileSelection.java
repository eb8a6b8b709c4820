package io.github.deqa4j.hub;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;

/** Which files of a repository are needed. */
@FunctionalInterface
public interface FileSelection {
    /**
     * Chooses files.
     *
     * @param repository the repository's name, for messages
     * @param names the paths of all files of the repository
     * @param file gives a file of the repository that the choice depends on, such as an index
     * @return some of the names
     * @throws io.github.deqa4j.DeqaException if the repository lacks what is needed
     */
    Set<String> select(String repository, Set<String> names, Function<String, Path> file);
}
