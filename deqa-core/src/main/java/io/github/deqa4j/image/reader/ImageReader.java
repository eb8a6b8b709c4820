package io.github.deqa4j.image.reader;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.image.RgbImage;
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
 * and BMP.
 *
 * <p>Samples are taken as they are stored. Color profiles and gamma are ignored, alpha is dropped without blending,
 * CMYK is converted by arithmetic alone; sixteen-bit colors lose their low byte, while sixteen-bit gray is clipped at 255
 * (a peculiarity of Pillow that the authors' scores contain) unless {@link ReaderSettings#deepGray()} says otherwise. What a file is, its content says and not its name.
 *
 * <p>Immutable; any number of threads may share a reader.
 */
public final class ImageReader {
    private static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

    private static final int LONGEST_PROBLEM = 500;

    private final ReaderSettings settings;
    private final Consumer<String> warnings;

    /** A reader that keeps to itself what a user should know of images that it can read. */
    public ImageReader(ReaderSettings settings) {
        this(settings, warning -> {});
    }

    private ImageReader(ReaderSettings settings, Consumer<String> warnings) {
        this.settings = settings;
        this.warnings = warnings;
    }

    /**
     * A reader of the same settings that tells what a user should know of images that it can read: that their gray samples
     * are clipped, or may mean something else than 0 to 255.
     *
     * @param listener is given one sentence at a time, which begins with the image's name, on the thread that reads
     */
    public ImageReader withWarnings(Consumer<String> listener) {
        return new ImageReader(settings, listener);
    }

    /**
     * Reads a file.
     *
     * @throws DeqaException if the file is missing, not a file (a pipe is not waited for), empty, of 2 GiB or more, of no known format, damaged,
     *     cut short, or has more pixels than the settings allow
     */
    public RgbImage read(Path file) {
        return read(bytes(file), file.toString());
    }

    /**
     * Reads the bytes of a file.
     *
     * @param encoded the whole file
     * @param name what messages call it
     * @throws DeqaException as {@link #read(Path)}
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
        } catch (DeqaException e) {
            throw tidy(file, e);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw isOutOfMemory(e) ? tooLarge(file, e) : damaged(file, format, e);
        }
    }

    /**
     * Takes an image over from Java 2D by the same rules as from a file; the result does not follow later changes.
     *
     * @throws DeqaException if it has more pixels than the settings allow
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
            if (Files.isDirectory(file)) {
                throw new DeqaException(file + ": this is a directory; name an image file");
            }
            if (Files.notExists(file)) {
                throw new DeqaException(file + ": there is no such file");
            }
            if (!Files.isRegularFile(file)) { // opening one could wait for ever
                throw new DeqaException(file + ": this is a named pipe, a socket or a device; name an image file");
            }
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new DeqaException(
                        file + ": the file has " + size + " bytes; an image file may have less than 2 GiB");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DeqaException(file + ": the file cannot be read (" + Excerpt.reason(e) + ")", e);
        } catch (OutOfMemoryError e) {
            throw new DeqaException(
                    file + ": the file does not fit into the memory of " + megabytes()
                            + " MiB; raise it with Java's option -Xmx, which deqa takes from DEQA_JAVA_OPTIONS",
                    e);
        }
    }

    /** Memory runs out at one large array, and there is room again once that has failed; a plug-in may wrap the error. */
    private static boolean isOutOfMemory(Throwable e) {
        return e instanceof OutOfMemoryError || e.getCause() instanceof OutOfMemoryError;
    }

    private static DeqaException tooLarge(EncodedFile file, Throwable e) {
        return file.fault(
                "the image does not fit into the memory of " + megabytes()
                        + " MiB; raise it with Java's option -Xmx, which deqa takes from DEQA_JAVA_OPTIONS",
                e);
    }

    private static DeqaException damaged(EncodedFile file, ImageFormat format, Throwable e) {
        return file.fault(
                "the " + format.label() + " data are damaged or of a kind that cannot be read (" + Excerpt.reason(e)
                        + "); save the image anew",
                e);
    }

    /** One short line that begins with the name, whatever was quoted from the file. */
    private static DeqaException tidy(EncodedFile file, DeqaException e) {
        String start = file.name() + ": ";
        String message = e.getMessage();
        String problem = message.startsWith(start) ? message.substring(start.length()) : message;
        String line = Excerpt.line(problem, LONGEST_PROBLEM);
        return message.equals(start + line) ? e : file.fault(line, e);
    }

    private static long megabytes() {
        return Runtime.getRuntime().maxMemory() >> 20;
    }
}
