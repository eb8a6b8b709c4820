package io.github.deqa4j.server;

import io.github.deqa4j.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key file that is read again when it changes. A key that is taken out of it is refused from the next request on. While the file
 * cannot be used, the keys from before remain, and the log says so once.
 */
final class ApiKeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyFile.class);

    /** What differs between two contents of a file; empty if the file is not there. */
    private record Stamp(
            FileTime changed, long bytes, @Nullable Object place) {
        static Optional<Stamp> of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return Optional.of(new Stamp(now.lastModifiedTime(), now.size(), now.fileKey()));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    private record Content(Optional<Stamp> stamp, ApiKeys keys) {}

    private final Path file;
    private volatile Content content;

    /** @throws InvalidSettingException as {@link ApiKeys#read} */
    ApiKeyFile(Path file) {
        this.file = file;
        // The stamp is taken first: a change while the file is read is then seen by the next request.
        this.content = new Content(Stamp.of(file), ApiKeys.read(file));
    }

    /** Whether the file holds a key now. */
    boolean contains(String key) {
        Optional<Stamp> now = Stamp.of(file);
        if (!now.equals(content.stamp())) {
            reload(now);
        }
        return content.keys().contain(key);
    }

    private synchronized void reload(Optional<Stamp> now) {
        if (now.equals(content.stamp())) {
            return;
        }
        try {
            content = new Content(now, ApiKeys.read(file));
            LOG.info("{}: read again", file);
        } catch (InvalidSettingException e) {
            content = new Content(now, content.keys());
            LOG.warn("{}; the keys from before remain", e.getMessage());
        }
    }
}
