package io.github.deqa4j.file;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Directories that appear whole or not at all. */
public final class AtomicDirectory {
    private static final String TEMPORARY = ".tmp";
    private static final String OLD = ".old" + TEMPORARY;
    private static final Pattern OLD_NAME = Pattern.compile("\\.(.+)\\.[-0-9a-f]{36}" + Pattern.quote(TEMPORARY + OLD));

    private AtomicDirectory() {}

    /**
     * Fills a directory beside its place and moves it there when it is complete; one that stood there is then deleted. If
     * filling fails, nothing of it is left and what stood there is untouched.
     *
     * @param fill writes the files into the directory it is given
     * @throws DeqaException if the directory cannot be made or moved; what {@code fill} throws is passed on
     */
    public static void write(Path target, Consumer<Path> fill) {
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
        try {
            Files.createDirectories(temporary);
            fill.accept(temporary);
            toDisk(temporary);
            if (Files.exists(target)) {
                Path old = temporary.resolveSibling(temporary.getFileName() + OLD);
                AtomicFile.move(target, old);
                AtomicFile.move(temporary, target);
                delete(old);
            } else {
                AtomicFile.move(temporary, target);
            }
        } catch (IOException e) {
            throw new DeqaException(target + ": the directory cannot be written (" + e.getMessage() + ")", e);
        } finally {
            delete(temporary);
        }
    }

    /**
     * Deletes what interrupted writes left in a directory; one that was interrupted between its two moves gets its old
     * directory back.
     *
     * @throws DeqaException if it cannot be deleted
     */
    public static void deleteLeftovers(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            for (Path leftover : (Iterable<Path>) children.filter(AtomicDirectory::isLeftover)::iterator) {
                Matcher old = OLD_NAME.matcher(leftover.getFileName().toString());
                if (old.matches() && !Files.exists(parent.resolve(old.group(1)))) {
                    AtomicFile.move(leftover, parent.resolve(old.group(1)));
                } else {
                    delete(leftover);
                }
            }
        } catch (IOException e) {
            throw new DeqaException(parent + ": the directory cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Deletes a directory with everything in it, if it is there.
     *
     * @throws DeqaException if something cannot be deleted
     */
    public static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new DeqaException(directory + ": the directory cannot be deleted (" + e.getMessage() + ")", e);
        }
    }

    /** Waits until the disk has the files, so that a loss of power after the move cannot leave them empty. */
    private static void toDisk(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }

    private static boolean isLeftover(Path path) {
        String name = path.getFileName().toString();
        return Files.isDirectory(path) && name.startsWith(".") && name.endsWith(TEMPORARY);
    }
}
