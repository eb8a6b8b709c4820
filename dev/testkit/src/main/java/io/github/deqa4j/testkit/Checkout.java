package io.github.deqa4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The project's own files. */
public final class Checkout {
    private Checkout() {}

    /** The folder that {@code deqa}, the documents and all modules lie in. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the checkout");
        }
        return folder;
    }

    /** The files whose names have one of these endings, but for what was built. */
    public static List<Path> files(String... endings) {
        Path root = root();
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders of all modules, sorted. */
    public static List<Path> modules() {
        try (Stream<Path> top = Files.list(root());
                Stream<Path> dev = Files.list(root().resolve("dev"))) {
            return Stream.concat(top, dev)
                    .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
