package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceFileTest {
    @TempDir
    Path folder;

    @Test
    void aTableOfExcelsKindIsRead() throws IOException {
        Path file = write("\uFEFFreference,image,\r\nr1,a.png,\r\nr1,b.png,\r\n,,\r\n");
        assertThat(ReferenceFile.read(file).byImage())
                .hasSize(2)
                .containsEntry("a.png", "r1")
                .containsEntry("b.png", "r1");
    }

    @Test
    void whatIsNeitherIsOneSentence() throws IOException {
        Path file = write("[{\"image\": \"a.png\"}]");
        assertThatThrownBy(() -> ReferenceFile.read(file))
                .hasMessage(file + ": the file holds a JSON array; wanted is a references.json, a JSON object");
        write("image,reference\na.png,r1\na.png,r2\n");
        assertThatThrownBy(() -> ReferenceFile.read(file))
                .hasMessage(file + ": line 3: the image \"a.png\" stands here a second time");
        write("image;reference\na.png;r1\n");
        assertThatThrownBy(() -> ReferenceFile.read(file))
                .hasMessageStartingWith(file + ": line 1: there is no column \"image\"");
        write("image,reference\n");
        assertThatThrownBy(() -> ReferenceFile.read(file)).hasMessage(file + ": the table has no rows");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("references"), text);
    }
}
