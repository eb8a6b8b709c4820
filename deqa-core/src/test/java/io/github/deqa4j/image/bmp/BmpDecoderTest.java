package io.github.deqa4j.image.bmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BmpDecoderTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());

    @ParameterizedTest
    @ValueSource(ints = {40, 52, 56, 64, 108, 124, 20, 36, 42})
    void headersMayHaveAnyOfTheirLengths(int headerBytes) {
        RgbImage image = READER.read(bmp(headerBytes, 1, 1, 24, 0, new byte[] {3, 2, 1, 0}), "p");
        assertThat(image.samples()).containsExactly(1, 2, 3);
    }

    @Test
    void otherHeadersAreNamed() {
        assertFault(
                bmp(70, 1, 1, 24, 0, new byte[4]),
                "p: the BMP header has 70 bytes, as in no version of Windows or OS/2; the file is damaged");
    }

    @Test
    void aNegativeHeightBeginsAtTheTop() {
        byte[] rows = {3, 2, 1, 0, 6, 5, 4, 0};
        assertThat(READER.read(bmp(40, 1, -2, 24, 0, rows), "p").samples()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(READER.read(bmp(40, 1, 2, 24, 0, rows), "p").samples()).containsExactly(4, 5, 6, 1, 2, 3);
    }

    @Test
    void masksMustBeRunsOfBits() {
        byte[] masksAndPixel = new byte[16];
        ByteBuffer.wrap(masksAndPixel)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xA0)
                .putInt(0xF00)
                .putInt(0xF);
        assertFault(
                bmp(40, 1, 1, 16, 3, masksAndPixel),
                "p: the BMP file has the color masks 000000a0, 00000f00, 0000000f for 16 bits; each must be one run of bits");
    }

    @Test
    void aFewRunsCannotAskForALargeImage() {
        assertFault(
                bmp(40, 13_000, 13_000, 8, 1, new byte[] {0, 1}),
                "p: the image is incomplete: the BMP header announces 169000000 pixels, but the runs end after 0; get a"
                        + " complete copy");
    }

    private static void assertFault(byte[] file, String message) {
        assertThatThrownBy(() -> READER.read(file, "p"))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(message);
    }

    /** A file of headers and what follows them, which is taken for samples unless there are masks. */
    private static byte[] bmp(int headerBytes, int width, int height, int bits, int compression, byte[] rest) {
        int masks = compression == 3 ? 12 : 0;
        ByteBuffer file = ByteBuffer.allocate(14 + Math.max(headerBytes, 40) + rest.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').position(10);
        file.putInt(14 + headerBytes + masks).putInt(headerBytes).putInt(width).putInt(height);
        file.putShort((short) 1).putShort((short) bits);
        if (headerBytes >= 20) {
            file.putInt(compression);
        }
        file.position(14 + headerBytes);
        return file.put(rest).array();
    }
}
