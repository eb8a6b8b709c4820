package io.github.deqa4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aNewOneTakesTheOldOnesPlace() {
        Path target = folder.resolve("model");
        AtomicDirectory.write(target, directory -> AtomicFile.write(directory.resolve("a"), "1"));
        AtomicDirectory.write(target, directory -> AtomicFile.write(directory.resolve("b"), "2"));
        assertThat(target.toFile().list()).containsExactly("b");
        assertThat(folder.toFile().list()).containsExactly("model");
    }

    @Test
    void afterAFailureTheOldOneIsUntouchedAndNothingIsLeft() {
        Path target = folder.resolve("model");
        AtomicDirectory.write(target, directory -> AtomicFile.write(directory.resolve("a"), "1"));
        assertThatThrownBy(() -> AtomicDirectory.write(target, directory -> {
                    AtomicFile.write(directory.resolve("a"), "2");
                    throw new DeqaException("full");
                }))
                .hasMessage("full");
        assertThat(target.resolve("a")).hasContent("1");
        assertThat(folder.toFile().list()).containsExactly("model");
    }

    @Test
    void whatAKillLeftIsClearedAway() throws IOException {
        Files.createDirectories(folder.resolve(".model.1.tmp/deeper"));
        Files.createDirectory(folder.resolve(".kept"));
        Files.createDirectory(folder.resolve("model.tmp"));
        AtomicDirectory.deleteLeftovers(folder);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(".kept", "model.tmp");
    }

    @Test
    void aKillBetweenTheTwoMovesDoesNotLoseTheOldOne() throws IOException {
        String id = ".123e4567-e89b-12d3-a456-426614174000.tmp";
        AtomicFile.write(Files.createDirectory(folder.resolve(".best" + id)).resolve("a"), "new");
        AtomicFile.write(
                Files.createDirectory(folder.resolve(".best" + id + ".old.tmp")).resolve("a"), "old");
        AtomicDirectory.deleteLeftovers(folder);
        assertThat(folder.toFile().list()).containsExactly("best");
        assertThat(folder.resolve("best/a")).hasContent("old");
    }

    @Test
    void anOldOneGoesWhereTheNewOneIsInPlace() throws IOException {
        String id = ".123e4567-e89b-12d3-a456-426614174000.tmp";
        AtomicFile.write(Files.createDirectory(folder.resolve("best")).resolve("a"), "new");
        AtomicFile.write(
                Files.createDirectory(folder.resolve(".best" + id + ".old.tmp")).resolve("a"), "old");
        AtomicDirectory.deleteLeftovers(folder);
        assertThat(folder.toFile().list()).containsExactly("best");
        assertThat(folder.resolve("best/a")).hasContent("new");
    }

    @Test
    void deletingWhatIsNotThereDoesNothing() {
        AtomicDirectory.delete(folder.resolve("none"));
        assertThat(folder).isEmptyDirectory();
    }
}
