package io.github.deqa4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.UnreadableImageException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EncodedImageTest {
    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void aFileIsNotOpened() {
        EncodedImage image = EncodedImage.of(Path.of("gone.png"));

        assertThat(image.name()).isEqualTo("gone.png");
        assertThat(image.file()).contains(Path.of("gone.png"));
        assertThat(image.bytes()).isEmpty();
    }

    @Test
    void bytesAndStreamsAreTheSame() {
        EncodedImage ofBytes = EncodedImage.of(BYTES, "upload");
        EncodedImage ofStream = EncodedImage.of(new ByteArrayInputStream(BYTES), "upload", 3);

        assertThat(ofBytes.bytes()).isSameAs(BYTES);
        assertThat(ofStream.bytes()).containsExactly(1, 2, 3);
        assertThat(ofStream.name()).isEqualTo("upload");
        assertThat(ofStream.file()).isEmpty();
    }

    @Test
    void aStreamBeyondTheLimitIsTooLarge() {
        assertThatThrownBy(() -> EncodedImage.of(new ByteArrayInputStream(BYTES), "upload", 2))
                .isInstanceOfSatisfying(
                        UnreadableImageException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
                .hasMessage("upload: the image has more than 2 bytes, which is the limit");
    }

    @Test
    void aStreamThatFailsIsSaidToFail() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();

        assertThatThrownBy(() -> EncodedImage.of(closed, "upload"))
                .isInstanceOfSatisfying(
                        UnreadableImageException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NO_ACCESS))
                .hasMessage("upload: reading the image failed (Stream closed)");
    }
}
