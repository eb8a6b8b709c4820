package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeyFileTest {
    private static final String FIRST = "first-key-of-the-file";
    private static final String SECOND = "the-second-one-is-longer";

    @TempDir
    private Path folder;

    @Test
    void aFileThatChangesIsReadAgain() throws IOException {
        Path file = folder.resolve("keys");
        write(file, FIRST);
        ApiKeyFile keys = new ApiKeyFile(file);
        assertThat(keys.contains(FIRST)).isTrue();
        write(file, SECOND);
        assertThat(keys.contains(FIRST)).isFalse();
        assertThat(keys.contains(SECOND)).isTrue();
    }

    @Test
    void theKeysFromBeforeRemainWhileTheFileCannotBeUsed() throws IOException {
        Path file = folder.resolve("keys");
        write(file, FIRST);
        ApiKeyFile keys = new ApiKeyFile(file);
        write(file, "short");
        assertThat(keys.contains(FIRST)).isTrue();
        assertThat(keys.contains("short")).isFalse();
        Files.delete(file);
        assertThat(keys.contains(FIRST)).isTrue();
        write(file, SECOND);
        assertThat(keys.contains(FIRST)).isFalse();
        assertThat(keys.contains(SECOND)).isTrue();
    }

    private static void write(Path file, String key) throws IOException {
        Files.writeString(file, key);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }
}
