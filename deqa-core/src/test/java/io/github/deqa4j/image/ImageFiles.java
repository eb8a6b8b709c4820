package io.github.deqa4j.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Images for tests: files in resources, and a pattern that a formula makes. */
public final class ImageFiles {
    private ImageFiles() {}

    /** Small files of every kind, made with Pillow and by hand; samples.json has what Pillow reads from them. */
    public static List<Path> samples() {
        return files("samples");
    }

    /** The files of a folder of resources. */
    public static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(resource(folder))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that somebody reported to another project. */
    public static Path reported(String name) {
        return resource("reported").resolve(name);
    }

    /** The greatest difference between two samples in the same place of images of the same size. */
    public static int greatestDifference(RgbImage a, RgbImage b) {
        assertThat(a.samples()).hasSameSizeAs(b.samples());
        int greatest = 0;
        for (int i = 0; i < a.samples().length; i++) {
            greatest = Math.max(greatest, Math.abs((a.samples()[i] & 0xFF) - (b.samples()[i] & 0xFF)));
        }
        return greatest;
    }

    public static Path sample(String name) {
        return resource("samples").resolve(name);
    }

    /** A file of those that {@code FoundImagesTest} tells of. */
    public static Path found(String name) {
        return resource("found").resolve(name);
    }

    /** A WebP file of those that {@code WebPDecoderTest} tells of. */
    public static Path webp(String name) {
        return resource("webp-files").resolve(name);
    }

    public static byte[] bytes(String name) {
        return bytes(sample(name));
    }

    public static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(String name) {
        return Golden.json(resource(name));
    }

    /** An image full of edges; the script that made squares.json has the same formula. */
    public static RgbImage pattern(int width, int height) {
        byte[] samples = new byte[width * height * 3];
        int i = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    samples[i++] = (byte) (x * 7 + y * 13 + c * 101 + x * y / 3 + x * x / 50 * c);
                }
            }
        }
        return new RgbImage(width, height, samples);
    }

    public static String sha256(RgbImage image) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image.samples()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(ImageFiles.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
