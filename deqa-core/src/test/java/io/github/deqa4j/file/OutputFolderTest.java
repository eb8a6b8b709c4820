package io.github.deqa4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    Path root;

    @Test
    void aFolderIsMadeWithThoseAboveItAndKeptWhereItIs() throws IOException {
        Path folder = root.resolve("a/b");
        OutputFolder.requirePossible(folder);
        assertThat(folder).doesNotExist();
        OutputFolder.make(folder);
        Files.writeString(folder.resolve("kept"), "");
        OutputFolder.make(folder);
        assertThat(folder.resolve("kept")).exists();
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");
        assertThatThrownBy(() -> OutputFolder.requirePossible(file))
                .isInstanceOf(DeqaException.class)
                .hasMessage(file + ": this is a file; name a folder to write to");
        assertThatThrownBy(() -> OutputFolder.make(file.resolve("below")))
                .isInstanceOf(DeqaException.class)
                .hasMessage(file.resolve("below") + ": the folder cannot be made; choose another place");
    }

    /** In /proc nobody can make a file, whatever the permissions say. */
    @Test
    void aFolderThatTakesNoFilesIsRefused() {
        assertThatThrownBy(() -> OutputFolder.make(Path.of("/proc")))
                .isInstanceOf(DeqaException.class)
                .hasMessage("/proc: the folder cannot be written to; choose another place");
    }
}
