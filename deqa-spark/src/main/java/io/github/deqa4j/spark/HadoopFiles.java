package io.github.deqa4j.spark;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Image files on any file system of Hadoop. A file that cannot be read is an unreadable image. A file system that cannot be reached is
 * not: all of its images would seem unreadable, so the task fails and Spark tries it again.
 */
final class HadoopFiles {
    /** Beyond any image with as many pixels as are read; a film that is listed beside them is not read into memory. */
    static final int MOST_BYTES = 1 << 30;

    private HadoopFiles() {}

    /**
     * Reads a file.
     *
     * @param path as {@link Path} has it, without escapes; also with a space, {@code %} or {@code #}
     * @throws UnreadableImageException if there is no such file, or it cannot be read
     * @throws UncheckedIOException if its file system is unknown or cannot be reached
     */
    static EncodedImage read(String path, Configuration hadoop) {
        Path file = parse(path);
        FileSystem files = fileSystem(file, hadoop);
        try (InputStream stream = files.open(file)) {
            return EncodedImage.of(stream, path, MOST_BYTES);
        } catch (IOException e) {
            throw failure(path, e);
        } catch (UnreadableImageException e) {
            throw e.getCause() instanceof IOException cause ? failure(path, cause) : e;
        }
    }

    private static Path parse(String path) {
        try {
            return new Path(path);
        } catch (IllegalArgumentException e) {
            throw new UnreadableImageException(
                    Reason.MISSING, "\"" + path + "\" is no path (" + e.getMessage() + ")", e);
        }
    }

    private static FileSystem fileSystem(Path file, Configuration hadoop) {
        try {
            return file.getFileSystem(hadoop);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": its file system cannot be used (" + e.getMessage() + ")", e);
        }
    }

    private static RuntimeException failure(String path, IOException e) {
        if (isOfNetwork(e)) {
            return new UncheckedIOException(path + ": its file system cannot be reached (" + e.getMessage() + ")", e);
        }
        if (e instanceof FileNotFoundException) {
            return new UnreadableImageException(Reason.MISSING, path + ": there is no such file" + escaped(path), e);
        }
        return new UnreadableImageException(
                Reason.NO_ACCESS, path + ": the file cannot be read (" + e.getMessage() + ")", e);
    }

    private static boolean isOfNetwork(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause.getClass().getPackageName().equals("java.net"));
    }

    /** Some of Spark's columns have paths as URIs. */
    private static String escaped(String path) {
        return path.matches(".*%[0-9A-Fa-f]{2}.*")
                ? "; paths are taken as they are, and those of input_file_name() and _metadata.file_path have escapes: use"
                        + " the column path of the data source binaryFile"
                : "";
    }
}
