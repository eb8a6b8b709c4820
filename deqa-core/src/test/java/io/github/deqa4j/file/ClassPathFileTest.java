package io.github.deqa4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathFileTest {
    private static final String NAME = "some/where/file.txt";

    @TempDir
    Path folder;

    @Test
    void aFileInAFolderIsRead() throws IOException {
        Path file = folder.resolve(NAME);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "words");

        try (URLClassLoader loader = loader(folder)) {
            assertThat(find(loader).bytes()).asString(StandardCharsets.UTF_8).isEqualTo("words");
            assertThat(find(loader)).hasToString(file.toUri().toURL().toString());
        }
    }

    @Test
    void aFileInAJarIsReadAnewWhenTheJarWasReplaced() throws IOException {
        Path jar = jar("words");
        try (URLClassLoader loader = loader(jar)) {
            assertThat(find(loader)).hasToString("jar:" + jar.toUri().toURL() + "!/" + NAME);
            assertThat(find(loader).bytes()).asString(StandardCharsets.UTF_8).isEqualTo("words");
        }
        jar("other words");
        try (URLClassLoader loader = loader(jar)) {
            assertThat(find(loader).bytes()).asString(StandardCharsets.UTF_8).isEqualTo("other words");
        }
    }

    @Test
    void aNameThatIsNotThereIsNotFound() throws IOException {
        try (URLClassLoader loader = loader(folder)) {
            assertThat(ClassPathFile.find(loader, NAME)).isEqualTo(Optional.empty());
        }
    }

    @Test
    void aFileThatIsGoneIsNamed() throws IOException {
        Path jar = jar("words");
        try (URLClassLoader loader = loader(jar)) {
            ClassPathFile file = find(loader);
            Files.delete(jar);

            assertThatThrownBy(file::bytes)
                    .isInstanceOf(DeqaException.class)
                    .hasMessageStartingWith("jar:" + jar.toUri().toURL() + "!/" + NAME
                            + ": this file of the class path cannot be read (");
        }
    }

    private static ClassPathFile find(ClassLoader loader) {
        return ClassPathFile.find(loader, NAME).orElseThrow();
    }

    private static URLClassLoader loader(Path place) throws IOException {
        return new URLClassLoader(new URL[] {place.toUri().toURL()}, null);
    }

    private Path jar(String content) throws IOException {
        Path jar = folder.resolve("some.jar");
        try (JarOutputStream stream = new JarOutputStream(Files.newOutputStream(jar))) {
            stream.putNextEntry(new JarEntry(NAME));
            stream.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
