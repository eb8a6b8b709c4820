package io.github.deqa4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLockTest {
    @TempDir
    Path folder;

    @Test
    void aSecondUserIsRefusedUntilTheFirstIsDone() throws IOException {
        Path file = folder.resolve("results.jsonl");
        try (FileLock first = FileLock.of(file)) {
            assertThatThrownBy(() -> FileLock.of(file))
                    .isInstanceOf(DeqaException.class)
                    .hasMessage(file + ": another run is writing here; let it end first, or choose another place");
            Files.writeString(file, "closing the file must not give the right away");
            assertThatThrownBy(() -> FileLock.of(file)).isInstanceOf(DeqaException.class);
            assertThat(first).isNotNull();
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.lock");
        FileLock.of(file).close();
    }

    @Test
    void whatAKilledProcessLeftIsNoObstacle() throws IOException {
        Path file = folder.resolve("results.jsonl");
        Files.createFile(folder.resolve("results.jsonl.lock"));
        FileLock.of(file).close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path file = folder.resolve("none").resolve("results.jsonl");
        assertThatThrownBy(() -> FileLock.of(file))
                .hasMessage(file + ": the folder cannot be written to; choose another place");
    }
}
