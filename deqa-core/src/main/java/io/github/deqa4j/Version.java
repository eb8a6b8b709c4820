package io.github.deqa4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Which deqa4j this is. */
public final class Version {
    private static final String FILE = "version.txt";

    private Version() {}

    /** The version of the build, such as {@code 0.1.0-SNAPSHOT}; without spaces. */
    public static String current() {
        try (InputStream stream = Objects.requireNonNull(Version.class.getResourceAsStream(FILE), FILE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
