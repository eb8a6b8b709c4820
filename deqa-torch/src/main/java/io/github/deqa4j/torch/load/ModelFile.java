package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.ClassPathFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** One file of a model, on disk or on the class path. */
public final class ModelFile {
    private final String place;
    private final Optional<Path> path;
    private final Supplier<byte[]> content;

    private ModelFile(String place, Optional<Path> path, Supplier<byte[]> content) {
        this.place = place;
        this.path = path;
        this.content = content;
    }

    static ModelFile of(Path path) {
        return new ModelFile(path.toString(), Optional.of(path), () -> bytes(path));
    }

    static ModelFile of(ClassPathFile file) {
        return new ModelFile(file.toString(), Optional.empty(), file::bytes);
    }

    /**
     * The whole content.
     *
     * @throws DeqaException if the file cannot be read
     */
    public byte[] bytes() {
        return content.get();
    }

    /**
     * Reads the file with the reader that fits the place.
     *
     * @param fromDisk reads a file on disk
     * @param fromMemory reads a content in memory; its first argument is the name for messages
     */
    public <T> T read(Function<Path, T> fromDisk, BiFunction<String, byte[], T> fromMemory) {
        return path.map(fromDisk).orElseGet(() -> fromMemory.apply(place, bytes()));
    }

    /**
     * Copies the file.
     *
     * @param target a path at which there is no file
     * @throws DeqaException if the file cannot be read, or the target cannot be written
     */
    public void copyTo(Path target) {
        try {
            if (path.isPresent()) {
                Files.copy(path.get(), target);
            } else {
                Files.write(target, bytes());
            }
        } catch (IOException e) {
            throw new DeqaException(place + ": the file cannot be copied (" + e.getMessage() + ")", e);
        }
    }

    /** The place of the file, for messages. */
    @Override
    public String toString() {
        return place;
    }

    private static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new DeqaException(path + ": the file cannot be read (" + e + ")", e);
        }
    }
}
