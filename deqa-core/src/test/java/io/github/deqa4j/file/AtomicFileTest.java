package io.github.deqa4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void theOldFileStaysUntilTheNewOneIsCommitted() throws IOException {
        Path target = Files.writeString(folder.resolve("a.txt"), "old");
        try (AtomicFile file = new AtomicFile(target)) {
            file.stream().write('n');
            assertThat(target).hasContent("old");
            file.commit();
        }
        assertThat(target).hasContent("n");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aNameMayBeAsLongAsNamesCanBe() {
        Path target = folder.resolve("n".repeat(255));
        AtomicFile.write(target, "x");
        assertThat(target).hasContent("x");
    }

    @Test
    void withoutCommitNothingIsLeft() throws IOException {
        try (AtomicFile file = new AtomicFile(folder.resolve("a.txt"))) {
            file.stream().write('n');
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aMissingFolderIsNamed() {
        Path target = folder.resolve("none/a.txt");
        assertThatThrownBy(() -> AtomicFile.write(target, "x"))
                .isInstanceOf(DeqaException.class)
                .hasMessage(target + ": the folder " + folder.resolve("none")
                        + " does not exist or cannot be written to; make it first or choose another place");
    }

    @Test
    void aLinkStaysAndItsFileIsReplaced() throws IOException {
        Path file = Files.writeString(
                Files.createDirectory(folder.resolve("elsewhere")).resolve("a.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);

        AtomicFile.write(link, "new");

        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(file).hasContent("new");
        AtomicFile.fill(link, temporary -> Files.writeString(temporary, "filled"));
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("filled");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aDeviceIsNotReplaced() {
        Path device = Path.of("/dev/null");
        assertThatThrownBy(() -> AtomicFile.requirePossible(device))
                .isInstanceOf(DeqaException.class)
                .hasMessage(device + ": this is a pipe or a device, which a file cannot replace; name a file to write");
    }

    @Test
    void aFolderCannotBeReplaced() {
        assertThatThrownBy(() -> AtomicFile.write(folder, "x"))
                .isInstanceOf(DeqaException.class)
                .hasMessage(folder + ": this is a folder; name a file to write");
    }
}
