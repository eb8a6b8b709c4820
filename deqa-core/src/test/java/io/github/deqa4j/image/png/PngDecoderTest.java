package io.github.deqa4j.image.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.DeepGray;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class PngDecoderTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());

    @Test
    void aFewBytesCannotAskForALargeImage() {
        byte[] png = ImageFiles.bytes("grey16_interlaced_5x3.png");
        ByteBuffer.wrap(png).putInt(16, 12_000).putInt(20, 12_000);
        sign(png, 8);
        assertThatThrownBy(() -> READER.read(png, "p"))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(
                        "p: the image is incomplete: the PNG file has 46 bytes of data, too few for its size; get a complete copy");
    }

    @Test
    void everyCutAfterTheLastRowIsRead() {
        byte[] png = ImageFiles.bytes("rgb8_interlaced_23x17.png");
        byte[] whole = READER.read(png, "p").samples();
        int dataEnd = png.length - 12 - 4; // before the checksum of the last samples and the end chunk
        for (int length = dataEnd - 4; length < png.length; length++) { // the data end with a checksum of four bytes
            assertThat(READER.read(Arrays.copyOf(png, length), "p").samples())
                    .as("cut after %d", length)
                    .isEqualTo(whole);
        }
    }

    @Test
    void sixteenBitGrayIsClippedOrScaled() {
        byte[] png = png(4, 16, 0, 0x00, 0x01, 0x00, 0xFF, 0x01, 0x00, 0xFF, 0xFF);
        ImageReader scaling = new ImageReader(ReaderSettings.standard().withDeepGray(DeepGray.SCALED));
        assertThat(READER.read(png, "p").samples())
                .containsExactly(1, 1, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255);
        assertThat(scaling.read(png, "p").samples()).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 255, 255, 255);
    }

    /** As in Pillow, which clips gray without alpha alone. */
    @Test
    void sixteenBitGrayWithAlphaIsScaled() {
        byte[] png = png(2, 16, 4, 0x01, 0x00, 0x12, 0x34, 0xFF, 0xFF, 0x00, 0x00);
        assertThat(READER.read(png, "p").samples()).containsExactly(1, 1, 1, 255, 255, 255);
    }

    /** A file of one row. */
    private static byte[] png(int width, int depth, int colorType, int... row) {
        byte[] samples = new byte[1 + row.length]; // after the filter, which is 0
        for (int i = 0; i < row.length; i++) {
            samples[1 + i] = (byte) row[i];
        }
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(1)
                .put(new byte[] {(byte) depth, (byte) colorType, 0, 0, 0})
                .array();
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
        byte[] compressed = compressed(samples);
        ByteBuffer png = ByteBuffer.allocate(signature.length + 3 * 12 + header.length + compressed.length)
                .put(signature);
        png.put(chunk("IHDR", header)).put(chunk("IDAT", compressed)).put(chunk("IEND", new byte[0]));
        return png.array();
    }

    private static byte[] compressed(byte[] samples) {
        Deflater deflater = new Deflater();
        deflater.setInput(samples);
        deflater.finish();
        byte[] compressed = new byte[samples.length + 64];
        int length = deflater.deflate(compressed);
        deflater.end();
        return Arrays.copyOf(compressed, length);
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] chunk = ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt(0)
                .array();
        sign(chunk, 0);
        return chunk;
    }

    /** Signs a chunk anew. */
    private static void sign(byte[] png, int chunk) {
        int length = ByteBuffer.wrap(png).getInt(chunk);
        CRC32 sum = new CRC32();
        sum.update(png, chunk + 4, length + 4);
        ByteBuffer.wrap(png).putInt(chunk + 8 + length, (int) sum.getValue());
    }
}
