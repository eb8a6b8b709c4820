package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
 * Turns what a user names into pictures: files as they are, folders and globs into the pictures they hold, sorted by
 * name, {@code -} into the lines of standard input.
 *
 * <p>A file named outright is always tried, whatever it is called. In folders only the usual endings count, and names that
 * start with a dot are passed over, as is a folder that this program itself fills.
 */
final class PictureList {
    private static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "tif", "tiff", "webp");
    private static final String STANDARD_INPUT = "-";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String GLOB_CHARACTERS = "*?[{";

    private final boolean recursive;
    private final InputStream in;
    private final Optional<Path> filled;

    /**
     * A list.
     *
     * @param recursive whether folders stand for the pictures in the folders below them, too
     * @param in where {@code -} reads from
     * @param filled a folder of drawings of earlier runs, which are no pictures of the folder that it lies in
     */
    PictureList(boolean recursive, InputStream in, Optional<Path> filled) {
        this.recursive = recursive;
        this.in = in;
        this.filled = filled.map(PictureList::absolute);
    }

    /** An entry of the list: a picture to try, or why there is none. */
    record Entry(String path, String problem) {
        static Entry picture(String path) {
            return new Entry(path, "");
        }

        /** The picture's file; throws a {@link DeqaException} with the problem if there is none. */
        Path require() {
            if (!problem.isEmpty()) {
                throw new DeqaException(problem);
            }
            return Path.of(path);
        }
    }

    /** The pictures that names stand for, in the order of the names. */
    List<Entry> expand(List<String> names) {
        return names.stream().flatMap(this::expand).toList();
    }

    private Stream<Entry> expand(String name) {
        return name.equals(STANDARD_INPUT) ? lines().flatMap(this::expandName) : expandName(name);
    }

    private Stream<Entry> expandName(String name) {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                return folder(path);
            }
            return Files.exists(path) || !isGlob(name) ? Stream.of(Entry.picture(name)) : glob(name);
        } catch (InvalidPathException e) {
            return Stream.of(new Entry(name, name + ": this is no file name (" + e.getReason() + ")"));
        } catch (IOException | UncheckedIOException e) {
            return Stream.of(new Entry(name, name + ": the folder cannot be read; check its permissions"));
        }
    }

    private Stream<String> lines() {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                .lines()
                .map(line -> line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line) // as Windows tools begin with
                .filter(line -> !line.isBlank());
    }

    private Stream<Entry> folder(Path folder) throws IOException {
        List<Entry> pictures = files(folder, recursive ? Integer.MAX_VALUE : 1).stream()
                .filter(PictureList::looksLikePicture)
                .map(path -> Entry.picture(path.toString()))
                .toList();
        String problem = folder + ": this folder holds no pictures"
                + (recursive ? "" : "; --recursive looks into the folders below it, too");
        return pictures.isEmpty() ? Stream.of(new Entry(folder.toString(), problem)) : pictures.stream();
    }

    private Stream<Entry> glob(String pattern) throws IOException {
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            return Stream.of(new Entry(pattern, pattern + ": this is no pattern for files: " + e.getDescription()));
        }
        Path root = fixedPart(pattern);
        List<Entry> pictures = Files.isDirectory(root)
                ? files(root, Integer.MAX_VALUE).stream()
                        .map(path -> root.toString().isEmpty() ? path.normalize() : path)
                        .filter(matcher::matches)
                        .map(path -> Entry.picture(path.toString()))
                        .toList()
                : List.of();
        return pictures.isEmpty()
                ? Stream.of(new Entry(pattern, pattern + ": no file matches this pattern"))
                : pictures.stream();
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

    private static boolean looksLikePicture(Path path) {
        String name = path.toString();
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * The pictures of some names.
     *
     * @throws DeqaException if there are none at all, not even one that failed
     */
    List<Entry> require(List<String> names) {
        List<Entry> entries = expand(names);
        if (entries.isEmpty()) {
            throw CommandException.usage("standard input names no pictures; give one path a line");
        }
        return entries;
    }
}
