package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.EncodedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Turns what a user names into images: files as they are, folders and globs into the images they hold, sorted by
 * name, {@code -} into the names on standard input.
 *
 * <p>A file named outright is always tried, whatever it is called. In folders only the usual endings count, and names that
 * start with a dot are passed over, as is a folder that this program itself fills.
 */
final class ImageList {
    private static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "tif", "tiff", "webp");
    /** The name of the list on standard input. */
    static final String STANDARD_INPUT = "-";

    private static final char NOT_DECODED = '\uFFFD';
    private static final String GLOB_CHARACTERS = "*?[{";

    private final boolean recursive;
    private final String hint; // for a folder without images
    private final NameList listed;
    private final Optional<Path> filled;

    /**
     * A list.
     *
     * @param recursive whether folders stand for the images in the folders below them, too
     * @param listed what {@code -} stands for
     * @param filled a folder of drawings of earlier runs, which are no images of the folder that it lies in
     */
    ImageList(boolean recursive, NameList listed, Optional<Path> filled) {
        this(recursive, recursive ? "" : "; --recursive looks into the folders below it, too", listed, filled);
    }

    private ImageList(boolean recursive, String hint, NameList listed, Optional<Path> filled) {
        this.recursive = recursive;
        this.hint = hint;
        this.listed = listed;
        this.filled = filled.map(ImageList::absolute);
    }

    /** The list of a command that has no {@code --recursive}: a folder stands for the images in it, and none in folders below. */
    static ImageList flat(NameList listed) {
        return new ImageList(
                false,
                "; a pattern in quotes, such as \"FOLDER/**.png\", finds those in the folders below it, too",
                listed,
                Optional.empty());
    }

    /** An entry of the list: an image to try, or why there is none. */
    record Entry(String path, String problem) {
        static Entry image(String path) {
            return new Entry(path, "");
        }

        /** The image, which is not opened yet; throws a {@link DeqaException} with the problem if there is none. */
        EncodedImage encoded() {
            return EncodedImage.of(require());
        }

        /** The image's file; throws a {@link DeqaException} with the problem if there is none. */
        Path require() {
            if (!problem.isEmpty()) {
                throw new DeqaException(problem);
            }
            return Path.of(path);
        }
    }

    /** The images that names stand for, in the order of the names. */
    List<Entry> expand(List<String> names) {
        return names.stream().flatMap(this::expand).toList();
    }

    private Stream<Entry> expand(String name) {
        return name.equals(STANDARD_INPUT) ? listed.names().flatMap(this::expandListed) : expandName(name);
    }

    private Stream<Entry> expandListed(NameList.Name name) {
        return name.problem().isEmpty() ? expandName(name.text()) : Stream.of(new Entry(name.text(), name.problem()));
    }

    private Stream<Entry> expandName(String name) {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                return folder(path);
            }
            return Files.exists(path) || !isGlob(name) ? Stream.of(named(name, path)) : glob(name);
        } catch (InvalidPathException e) {
            return Stream.of(new Entry(name, name + ": this is not a file name (" + e.getReason() + ")"));
        } catch (IOException | UncheckedIOException e) {
            return Stream.of(new Entry(name, name + ": the folder cannot be read; check its permissions"));
        }
    }

    /** What a name stands for that is no folder's. */
    private static Entry named(String name, Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return new Entry(
                    name, name + ": this is a pipe, a socket or a device and no image; save the image to a file");
        }
        // Java puts this letter where the bytes of an argument are no UTF-8, and then cannot find the file.
        return name.indexOf(NOT_DECODED) >= 0 && Files.notExists(path)
                ? new Entry(name, name + NameList.NO_UTF8)
                : Entry.image(name);
    }

    /** A file that was found in a folder. Java finds it whatever its name, but could not find it again by a name that is no UTF-8. */
    private static Entry found(Path file) {
        String name = file.toString();
        return file.equals(Path.of(name)) ? Entry.image(name) : new Entry(name, name + NameList.NO_UTF8);
    }

    private Stream<Entry> folder(Path folder) throws IOException {
        List<Entry> images = files(folder, recursive ? Integer.MAX_VALUE : 1).stream()
                .filter(ImageList::looksLikeImage)
                .map(ImageList::found)
                .toList();
        String problem = folder + ": this folder holds no images" + hint;
        return images.isEmpty() ? Stream.of(new Entry(folder.toString(), problem)) : images.stream();
    }

    private Stream<Entry> glob(String pattern) throws IOException {
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            return Stream.of(new Entry(pattern, pattern + ": this is not a pattern for files: " + e.getDescription()));
        }
        Path root = fixedPart(pattern);
        List<Entry> images = Files.isDirectory(root)
                ? files(root, Integer.MAX_VALUE).stream()
                        .map(path -> root.toString().isEmpty() ? path.normalize() : path)
                        .filter(matcher::matches)
                        .map(ImageList::found)
                        .toList()
                : List.of();
        return images.isEmpty()
                ? Stream.of(new Entry(pattern, pattern + ": no file matches this pattern"))
                : images.stream();
    }

    /** The folder that every match lies in. */
    private static Path fixedPart(String pattern) {
        Path path = Path.of("");
        for (String name : pattern.split("/", -1)) {
            if (isGlob(name)) {
                return path;
            }
            path = name.isEmpty() ? Path.of("/") : path.resolve(name);
        }
        return path;
    }

    private List<Path> files(Path folder, int depth) throws IOException {
        Path whole = absolute(folder);
        Optional<Path> passedOver = filled.filter(path -> path.startsWith(whole) && !path.equals(whole));
        try (Stream<Path> tree = Files.walk(folder, depth)) {
            return tree.filter(path -> Files.isRegularFile(path) && !hidden(folder.relativize(path)))
                    .filter(path -> passedOver.stream().noneMatch(absolute(path)::startsWith))
                    .sorted()
                    .toList();
        }
    }

    /** The files of those entries that have one. */
    static List<Path> files(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.problem().isEmpty())
                .map(Entry::require)
                .toList();
    }

    /** A path by which places can be compared, whatever they were called. */
    static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static boolean hidden(Path below) {
        for (Path name : below) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isGlob(String name) {
        return name.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
    }

    private static boolean looksLikeImage(Path path) {
        String name = path.toString();
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * The images of some names.
     *
     * @throws DeqaException if there are none at all, not even one that failed
     */
    List<Entry> require(List<String> names) {
        List<Entry> entries = expand(names);
        if (entries.isEmpty()) {
            throw CommandException.usage(
                    "standard input names no images; give one path a line, or with -0 a zero byte after each");
        }
        return entries;
    }
}
