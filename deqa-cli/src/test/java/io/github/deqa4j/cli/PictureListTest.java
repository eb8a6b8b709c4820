package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureListTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectories(folder.resolve("deep/deeper.png"));
        Files.createDirectories(folder.resolve(".thumbs"));
        for (String name : List.of(
                "b.JPG", "a.png", "notes.txt", "._a.png", "deep/c.webp", "deep/deeper.png/d.gif", ".thumbs/e.png")) {
            Files.createFile(folder.resolve(name));
        }
    }

    @Test
    void aFolderGivesItsPicturesByName() {
        assertThat(expand(false, folder)).containsExactly("a.png", "b.JPG");
    }

    @Test
    void recursionGoesDownButNotIntoHiddenFolders() {
        assertThat(expand(true, folder)).containsExactly("a.png", "b.JPG", "deep/c.webp", "deep/deeper.png/d.gif");
    }

    @Test
    void globsMatchPaths() {
        assertThat(expand(false, folder + "/*.{png,txt}")).containsExactly("a.png", "notes.txt");
        assertThat(expand(false, folder + "/**.webp")).containsExactly("deep/c.webp");
    }

    @Test
    void aNamedFileIsTakenAsItIs() {
        assertThat(expand(false, folder.resolve("notes.txt"))).containsExactly("notes.txt");
        assertThat(expand(false, folder.resolve("missing.png"))).containsExactly("missing.png");
    }

    @Test
    void aListOfWindowsToolsIsRead() {
        byte[] list = "\uFEFFa.png\r\n\r\nb.png\r\n".getBytes(StandardCharsets.UTF_8);

        assertThat(new PictureList(false, new ByteArrayInputStream(list), Optional.empty()).expand(List.of("-")))
                .extracting(PictureList.Entry::path)
                .containsExactly("a.png", "b.png");
    }

    @Test
    void whatGivesNoPictureSaysWhy() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(problem(empty))
                .isEqualTo(empty + ": this folder holds no pictures; --recursive looks into the folders below it, too");
        assertThat(problem(folder + "/*.tiff")).isEqualTo(folder + "/*.tiff: no file matches this pattern");
        assertThat(problem(folder + "/[")).startsWith(folder + "/[: this is no pattern for files: ");
        assertThat(problem("a\0b")).startsWith("a\0b: this is no file name");
    }

    private List<String> expand(boolean recursive, Object name) {
        return list(recursive).expand(List.of(name.toString())).stream()
                .map(entry -> folder.relativize(Path.of(entry.path())).toString())
                .toList();
    }

    private String problem(Object name) {
        return list(false).expand(List.of(name.toString())).get(0).problem();
    }

    private static PictureList list(boolean recursive) {
        return new PictureList(recursive, new ByteArrayInputStream(new byte[0]), Optional.empty());
    }
}
