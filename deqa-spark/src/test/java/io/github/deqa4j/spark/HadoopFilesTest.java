package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopFilesTest {
    private final Configuration hadoop = new Configuration(false);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aFileIsReadAsAWholeAndHasItsPathAsName() throws IOException {
        Path file = Files.write(folder.resolve("a %20#.jpg"), new byte[] {1, 2, 3});
        EncodedImage image = HadoopFiles.read(file.toString(), hadoop);
        assertThat(image.bytes()).containsExactly(1, 2, 3);
        assertThat(image.name()).isEqualTo(file.toString());
        assertThat(HadoopFiles.read("file:" + file, hadoop).bytes()).hasSize(3);
    }

    @Test
    void aFileThatIsNotThereIsAnUnreadableImage() {
        assertThatThrownBy(() -> HadoopFiles.read(folder.resolve("b.jpg").toString(), hadoop))
                .isInstanceOfSatisfying(
                        UnreadableImageException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.MISSING))
                .hasMessage(folder.resolve("b.jpg") + ": there is no such file");
    }

    /** All its images would seem unreadable, one after another. */
    @Test
    void aFileSystemThatCannotBeReachedIsNoUnreadableImage() {
        hadoop.set("fs.gone.impl", GoneFileSystem.class.getName());
        assertThatThrownBy(() -> HadoopFiles.read("gone://host/a.jpg", hadoop))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("gone://host/a.jpg: its file system cannot be reached (refused)");
        assertThatThrownBy(() -> HadoopFiles.read("nothing://host/a.jpg", hadoop))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        "nothing://host/a.jpg: its file system cannot be used (No FileSystem for scheme \"nothing\")");
    }

    /** A file system whose host does not answer. */
    static final class GoneFileSystem extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("gone://host");
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize) throws IOException {
            throw new IOException("refused", new ConnectException("refused"));
        }
    }
}
