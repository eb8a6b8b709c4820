package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.Opinion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files in a folder of images, to find images by the names that a data set gives them. */
public final class ImageFolder {
    private static final int MAX_DEPTH = 4;

    private final Path root;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Set<String>> byLowerCase = new HashMap<>();
    private final Map<String, Set<String>> byBasename = new HashMap<>();

    private ImageFolder(Path root) {
        this.root = root;
    }

    /**
     * Lists a folder and those below it, down to four.
     *
     * @throws InvalidDataException if there is no such folder or it cannot be read
     */
    public static ImageFolder open(Path root) {
        if (!Files.isDirectory(root)) {
            throw new InvalidDataException(root, "there is no such folder of images");
        }
        ImageFolder folder = new ImageFolder(root);
        try (Stream<Path> files = Files.walk(root, MAX_DEPTH)) {
            files.filter(Files::isRegularFile).forEach(folder::add);
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidDataException(root, "the folder cannot be read; check its permissions");
        }
        return folder;
    }

    /** The first folder that a layout keeps images in and that exists. */
    static Optional<ImageFolder> find(DatasetImporter importer, Path directory) {
        return importer.imageFolders().stream()
                .map(directory::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .map(ImageFolder::open);
    }

    private void add(Path file) {
        String name = root.relativize(file).toString().replace('\\', '/');
        names.add(name);
        String lower = name.toLowerCase(Locale.ROOT);
        byLowerCase.computeIfAbsent(lower, key -> new HashSet<>()).add(name);
        byBasename
                .computeIfAbsent(Opinion.basename(lower), key -> new HashSet<>())
                .add(name);
    }

    Path root() {
        return root;
    }

    Path file(String name) {
        return root.resolve(name);
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** The name on disk: as given, or in another case, or in a folder below; absent where none or several fit. */
    Optional<String> nameOnDisk(String name) {
        if (has(name)) {
            return Optional.of(name);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return only(byLowerCase.get(lower)).or(() -> only(byBasename.get(Opinion.basename(lower))));
    }

    /** The images, under their names on disk where those can be found. */
    List<ImportedImage> renamed(List<ImportedImage> images) {
        return images.stream()
                .map(image -> nameOnDisk(image.path()).map(image::withPath).orElse(image))
                .toList();
    }

    private static Optional<String> only(@Nullable Set<String> candidates) {
        return candidates == null || candidates.size() != 1
                ? Optional.empty()
                : candidates.stream().findFirst();
    }
}
