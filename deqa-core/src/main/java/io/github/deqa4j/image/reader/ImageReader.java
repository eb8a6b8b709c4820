package io.github.deqa4j.image.reader;

import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.codec.RgbConversion;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads images as Pillow's {@code Image.open(file).convert("RGB")} does: JPEG, PNG, WebP, TIFF, GIF (its first frame)
 * and BMP. The content of a file decides on its format, not its name.
 *
 * <p>Samples are taken as they are stored. Color profiles and gamma are ignored, alpha is dropped without blending, and
 * CMYK is converted by arithmetic alone. Colors of sixteen bits lose their low byte. Gray of sixteen bits is clipped at
 * 255, as in Pillow and therefore in the authors' scores, unless {@link ReaderSettings#deepGray()} says otherwise.
 *
 * <p>Immutable and thread-safe.
 */
public final class ImageReader {
    private static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

    private static final int LONGEST_PROBLEM = 500;

    private final ReaderSettings settings;
    private final Consumer<String> warnings;

    /** A reader that discards warnings. */
    public ImageReader(ReaderSettings settings) {
        this(settings, warning -> {});
    }

    private ImageReader(ReaderSettings settings, Consumer<String> warnings) {
        this.settings = settings;
        this.warnings = warnings;
    }

    /**
     * A reader with the same settings that reports warnings: the gray samples of an image are clipped, or their range
     * is unknown.
     *
     * @param listener receives one sentence per warning, which begins with the name of the image, on the thread that
     *     reads
     */
    public ImageReader withWarnings(Consumer<String> listener) {
        return new ImageReader(settings, listener);
    }

    /**
     * Reads a file.
     *
     * @throws UnreadableImageException if it cannot be read; the reason says why. A pipe is not waited for, and a file of 2 GiB
     *     or more is not read.
     */
    public RgbImage read(Path file) {
        return read(bytes(file), file.toString());
    }

    /** Reads an image in memory or on disk, as {@link #read(Path)} and {@link #read(byte[], String)} do. */
    public RgbImage read(EncodedImage image) {
        return image.file().map(this::read).orElseGet(() -> read(image.bytes(), image.name()));
    }

    /**
     * Reads the bytes of a file.
     *
     * @param encoded the whole file
     * @param name the name in messages
     * @throws UnreadableImageException as {@link #read(Path)}
     */
    public RgbImage read(byte[] encoded, String name) {
        EncodedFile file = new EncodedFile(name, encoded, settings);
        ImageFormat format = ImageFormat.of(file);
        try {
            RgbImage decoded = format.decoder().decode(file);
            RgbImage turned = settings.applyExifOrientation()
                    ? format.decoder().orientation(file).apply(decoded)
                    : decoded;
            file.warnings().forEach(warnings);
            return turned;
        } catch (UnreadableImageException e) {
            throw tidy(file, e);
        } catch (IOException | RuntimeException e) {
            if (e.getCause() instanceof OutOfMemoryError error) { // the plug-in for fax compression wraps it
                throw error;
            }
            throw damaged(file, format, e);
        }
    }

    /**
     * Converts an image of Java 2D by the same rules as a file. The result is a copy.
     *
     * @throws UnreadableImageException if it has more pixels than the settings allow, or signed or floating-point
     *     colors
     */
    public RgbImage convert(BufferedImage decoded) {
        EncodedFile.checkSize("image", decoded.getWidth(), decoded.getHeight(), settings.maxPixels());
        EncodedFile file = new EncodedFile("image", new byte[0], settings);
        RgbImage converted = RgbConversion.copy(decoded, file::clipsDeepGray);
        file.warnings().forEach(warnings);
        return converted;
    }

    private static byte[] bytes(Path file) {
        try {
            requireFile(file);
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw fault(
                        file,
                        Reason.TOO_LARGE,
                        "the file has " + size + " bytes; an image file may have less than 2 GiB");
            }
            EncodedFile.checkMemory(file.toString(), size, Runtime.getRuntime().maxMemory());
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UnreadableImageException(
                    Reason.NO_ACCESS, file + ": the file cannot be read (" + Excerpt.reason(e) + ")", e);
        }
    }

    private static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw fault(file, Reason.NO_ACCESS, "this is a directory; name an image file");
        }
        if (Files.notExists(file)) {
            throw fault(file, Reason.MISSING, "there is no such file");
        }
        if (!Files.isRegularFile(file)) { // opening a pipe could block forever
            throw fault(file, Reason.NO_ACCESS, "this is a named pipe, a socket or a device; name an image file");
        }
    }

    private static UnreadableImageException fault(Path file, Reason reason, String problem) {
        return new UnreadableImageException(reason, file + ": " + problem);
    }

    private static UnreadableImageException damaged(EncodedFile file, ImageFormat format, Throwable e) {
        return file.fault(
                Reason.DAMAGED,
                "the " + format.label() + " data are damaged or of a kind that cannot be read (" + Excerpt.reason(e)
                        + "); save the image anew",
                e);
    }

    /** Shortens a message to one line that begins with the name, whatever it quotes from the file. */
    private static UnreadableImageException tidy(EncodedFile file, UnreadableImageException e) {
        String start = file.name() + ": ";
        String message = e.getMessage();
        String problem = message.startsWith(start) ? message.substring(start.length()) : message;
        String line = Excerpt.line(problem, LONGEST_PROBLEM);
        return message.equals(start + line) ? e : file.fault(e.reason(), line, e);
    }
}
