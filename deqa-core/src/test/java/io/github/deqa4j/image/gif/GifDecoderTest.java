package io.github.deqa4j.image.gif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class GifDecoderTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());
    private static final byte[] SCREEN = {'G', 'I', 'F', '8', '9', 'a', 2, 0, 2, 0, (byte) 0x80, 0, 0, 9, 8, 7, 1, 2, 3
    };
    private static final byte[] FRAME = {',', 0, 0, 0, 0, 2, 0, 2, 0, 0};

    /** Clear, 0, 1, 1 in codes of three bits, then 0 and the end in codes of four. */
    private static final byte[] DATA = {0b01_000_100, 0b0000_001_0, 0b0101};

    private static final byte[] PIXELS = {9, 8, 7, 1, 2, 3, 1, 2, 3, 9, 8, 7};

    @Test
    void fourPixelsAreRead() {
        assertThat(read(SCREEN, FRAME, new byte[] {2, 3}, DATA, new byte[] {0, ';'})
                        .samples())
                .isEqualTo(PIXELS);
    }

    @Test
    void emptyBlocksWithinTheDataArePassedOver() {
        byte[] first = {2, 1, DATA[0], 0, 0, 0, 2, DATA[1], DATA[2]};
        assertThat(read(SCREEN, FRAME, first, new byte[] {0, ';'}).samples()).isEqualTo(PIXELS);
    }

    @Test
    void aFrameDoesNotGoOnInWhatFollowsIt() {
        byte[] first = {2, 1, DATA[0], 0};
        assertThatThrownBy(() -> read(SCREEN, FRAME, first, FRAME, new byte[] {2, 3}, DATA, new byte[] {0, ';'}))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage("p: the image is incomplete: the GIF frame has 4 pixels, but its data end after 1; get a"
                        + " complete copy");
    }

    @Test
    void aMillionEmptyBlocksBeforeTheFrameArePassedOver() {
        assertThat(read(SCREEN, new byte[1_000_000], FRAME, new byte[] {2, 3}, DATA)
                        .samples())
                .isEqualTo(PIXELS);
    }

    @Test
    void theFrameNeedsItsBlocks() {
        assertThatThrownBy(() -> read(SCREEN, FRAME, new byte[] {2}))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(
                        "p: the file is cut short: it ends after 30 bytes, but byte 30 is needed; get a complete copy");
    }

    private static RgbImage read(byte[]... parts) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            file.writeBytes(part);
        }
        return READER.read(file.toByteArray(), "p");
    }
}
