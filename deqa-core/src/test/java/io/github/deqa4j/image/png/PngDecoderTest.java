package io.github.deqa4j.image.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.Images;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class PngDecoderTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());

    @Test
    void aFewBytesCannotAskForALargeImage() {
        byte[] png = Images.bytes("grey16_interlaced_5x3.png");
        ByteBuffer.wrap(png).putInt(16, 12_000).putInt(20, 12_000);
        sign(png, 8);
        assertThatThrownBy(() -> READER.read(png, "p"))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(
                        "p: the image is incomplete: the PNG file has 46 bytes of data, too few for its size; get a complete copy");
    }

    @Test
    void everyCutAfterTheLastRowIsRead() {
        byte[] png = Images.bytes("rgb8_interlaced_23x17.png");
        byte[] whole = READER.read(png, "p").samples();
        int dataEnd = png.length - 12 - 4; // before the checksum of the last samples and the end chunk
        for (int length = dataEnd - 4; length < png.length; length++) { // the data end with a checksum of four bytes
            assertThat(READER.read(Arrays.copyOf(png, length), "p").samples())
                    .as("cut after %d", length)
                    .isEqualTo(whole);
        }
    }

    /** Signs a chunk anew. */
    private static void sign(byte[] png, int chunk) {
        int length = ByteBuffer.wrap(png).getInt(chunk);
        CRC32 sum = new CRC32();
        sum.update(png, chunk + 4, length + 4);
        ByteBuffer.wrap(png).putInt(chunk + 8 + length, (int) sum.getValue());
    }
}
