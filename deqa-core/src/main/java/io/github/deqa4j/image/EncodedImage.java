package io.github.deqa4j.image;

import io.github.deqa4j.image.UnreadableImageException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image file, in memory or on disk: JPEG, PNG, WebP, TIFF, GIF (its first frame) or BMP. What it is, its content says
 * and not its name. A file on disk is read when it is decoded, so many of these need little memory.
 */
public final class EncodedImage {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final String name;
    private final @Nullable Path file;
    private final byte[] bytes;

    private EncodedImage(String name, @Nullable Path file, byte[] bytes) {
        this.name = Objects.requireNonNull(name, "name");
        this.file = file;
        this.bytes = Objects.requireNonNull(bytes, "bytes");
    }

    /** A file, which is not opened yet. */
    public static EncodedImage of(Path file) {
        Objects.requireNonNull(file, "file");
        return new EncodedImage(file.toString(), file, new byte[0]);
    }

    /**
     * The bytes of a file.
     *
     * @param bytes the whole file; shared, not copied
     * @param name what messages call it
     */
    public static EncodedImage of(byte[] bytes, String name) {
        return new EncodedImage(name, null, bytes);
    }

    /**
     * Reads a stream to its end, and leaves it open.
     *
     * @param name what messages call it
     * @throws UnreadableImageException if the stream fails, or has 2 GiB or more
     */
    public static EncodedImage of(InputStream stream, String name) {
        return of(stream, name, MOST_BYTES);
    }

    /**
     * Reads a stream to its end, and leaves it open.
     *
     * @param name what messages call it
     * @param maxBytes how many bytes are read at most
     * @throws UnreadableImageException if the stream fails, or has more bytes
     */
    public static EncodedImage of(InputStream stream, String name, int maxBytes) {
        try {
            byte[] bytes = stream.readNBytes(maxBytes);
            if (bytes.length == maxBytes && stream.read() >= 0) {
                throw new UnreadableImageException(
                        Reason.TOO_LARGE,
                        name + ": the image has more than " + maxBytes + " bytes, which is the limit");
            }
            return of(bytes, name);
        } catch (IOException e) {
            throw new UnreadableImageException(
                    Reason.NO_ACCESS, name + ": reading the image failed (" + e.getMessage() + ")", e);
        }
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** The file on disk; empty for an image in memory. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** The bytes of an image in memory, not a copy; none for a file on disk. */
    public byte[] bytes() {
        return bytes;
    }
}
