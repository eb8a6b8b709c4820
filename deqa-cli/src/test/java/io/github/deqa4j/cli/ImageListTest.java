package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageListTest {
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
    void aFolderGivesItsImagesByName() {
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
    void whatGivesNoImageSaysWhy() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(problem(empty))
                .isEqualTo(empty + ": this folder holds no images; --recursive looks into the folders below it, too");
        assertThat(ImageList.flat(new NameList(InputStream.nullInputStream(), false))
                        .expand(List.of(empty.toString())))
                .extracting(ImageList.Entry::problem)
                .containsExactly(
                        empty + ": this folder holds no images; a pattern in quotes, such as \"FOLDER/**.png\","
                                + " finds those in the folders below it, too");
        assertThat(problem(folder + "/*.tiff")).isEqualTo(folder + "/*.tiff: no file matches this pattern");
        assertThat(problem(folder + "/[")).startsWith(folder + "/[: this is not a pattern for files: ");
        assertThat(problem("a\0b")).startsWith("a\0b: this is not a file name");
    }

    @Test
    void whatIsNoFileIsRefusedAndNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe.png");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "this system has no mkfifo");
        assertThat(problem(pipe))
                .isEqualTo(pipe + ": this is a pipe, a socket or a device and no image; save the image to a file");
        assertThat(problem("/dev/null")).startsWith("/dev/null: this is a pipe");
        assertThat(expand(false, folder)).doesNotContain("pipe.png");
    }

    @Test
    void aNameThatIsNotUtf8IsSaidToBeSo() throws Exception {
        String script = "cd \"$1\" && mkdir odd && : > \"odd/caf$(printf '\\351').png\" && : > odd/ok.png";
        assumeTrue(
                new ProcessBuilder("sh", "-c", script, "sh", folder.toString())
                                .start()
                                .waitFor()
                        == 0,
                "this file system wants names in UTF-8");
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "Java reads names in another encoding");

        List<ImageList.Entry> entries =
                list(false).expand(List.of(folder.resolve("odd").toString()));

        assertThat(entries).hasSize(2);
        assertThat(entries)
                .filteredOn(entry -> entry.problem().isEmpty())
                .singleElement()
                .satisfies(entry -> assertThat(entry.path()).endsWith("ok.png"));
        assertThat(entries)
                .filteredOn(entry -> !entry.problem().isEmpty())
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.problem())
                                .endsWith(
                                        "caf\uFFFD.png: this name is not in UTF-8, so the file cannot be opened by it; rename the file"));
        assertThat(problem(folder.resolve("x\uFFFD.png"))).endsWith(NameList.NO_UTF8);
    }

    private List<String> expand(boolean recursive, Object name) {
        return list(recursive).expand(List.of(name.toString())).stream()
                .map(entry -> folder.relativize(Path.of(entry.path())).toString())
                .toList();
    }

    private String problem(Object name) {
        return list(false).expand(List.of(name.toString())).get(0).problem();
    }

    private static ImageList list(boolean recursive) {
        return new ImageList(recursive, new NameList(InputStream.nullInputStream(), false), Optional.empty());
    }
}
