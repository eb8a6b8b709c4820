package io.github.deqa4j.image.webp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebPDecoderTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());

    @Test
    void aFewBytesCannotAskForMoreThanAGibibyte() {
        byte[] samples = new byte[30];
        samples[0] = 0x2F;
        ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN).putInt(1, 12_999 | (12_999 << 14));
        assertFault(
                samples,
                "p: the image is 13000×13000 pixels; at most 134217728 are read of lossless WebP, so scale it down"
                        + " first");
    }

    @Test
    void aCodeMustBeComplete() {
        byte[] samples = new byte[30];
        samples[0] = 0x2F;
        assertFault(
                samples,
                "p: the WebP data are damaged or of a kind that cannot be read (a prefix code of the lossless image is not"
                        + " complete); save the image anew");
    }

    private static void assertFault(byte[] samples, String message) {
        byte[] file = ByteBuffer.allocate(20 + samples.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(12 + samples.length)
                .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
                .putInt(samples.length)
                .put(samples)
                .array();
        assertThatThrownBy(() -> READER.read(file, "p"))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(message);
    }
}
