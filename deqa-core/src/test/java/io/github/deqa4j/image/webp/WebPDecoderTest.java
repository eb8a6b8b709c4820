package io.github.deqa4j.image.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import io.github.deqa4j.image.codec.Orientation;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * WebP beside Pillow 12.3 with libwebp 1.6. {@code webp-files.json} is the table of cases: what each file shows, and either the
 * size and the SHA-256 of Pillow's pixels or the reason and the message of the refusal. Pillow refuses those files, too.
 */
class WebPDecoderTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());
    private static final JsonNode CASES = ImageFiles.json("webp-files.json");

    static List<Path> files() {
        return ImageFiles.files("webp-files");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsReadOrRefusedAsTheTableSays(Path file) {
        String name = file.getFileName().toString();
        JsonNode expected = CASES.get(name);
        if (expected.has("message")) {
            assertThatThrownBy(() -> READER.read(ImageFiles.bytes(file), name))
                    .isExactlyInstanceOf(UnreadableImageException.class)
                    .hasMessage(name + ": " + expected.get("message").textValue())
                    .extracting(e -> ((UnreadableImageException) e).reason().name())
                    .isEqualTo(expected.get("reason").textValue());
            return;
        }
        RgbImage image = READER.read(file);
        assertThat(image.width()).isEqualTo(expected.get("width").intValue());
        assertThat(image.height()).isEqualTo(expected.get("height").intValue());
        assertThat(ImageFiles.sha256(image)).isEqualTo(expected.get("sha256").textValue());
    }

    @Test
    void theFilesAreAllThere() {
        assertThat(files()).hasSize(CASES.size()).hasSizeGreaterThan(25);
    }

    @Test
    void exifOrientationIsIgnoredUnlessAskedFor() {
        ImageReader turning = new ImageReader(ReaderSettings.standard().withApplyExifOrientation(true));
        RgbImage stored = READER.read(ImageFiles.webp("o8.webp"));
        RgbImage turned = turning.read(ImageFiles.webp("o8.webp"));
        assertThat(turned.samples()).isEqualTo(Orientation.of(8).apply(stored).samples());
        assertThat(List.of(turned.width(), turned.height())).containsExactly(20, 37);
    }

    @ParameterizedTest
    @MethodSource("readFiles")
    void theLimitOfPixelsHolds(Path file) {
        ImageReader small = new ImageReader(ReaderSettings.standard().withMaxPixels(32));
        assertThatThrownBy(() -> small.read(file))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessageContaining(" pixels; at most 32 pixels are read")
                .extracting(e -> ((UnreadableImageException) e).reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    static List<Path> readFiles() {
        return files().stream()
                .filter(file -> CASES.get(file.getFileName().toString()).has("sha256"))
                .toList();
    }

    @Test
    void aFewBytesCannotAskForMoreThanAGibibyte() {
        byte[] samples = new byte[30];
        samples[0] = 0x2F;
        ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN).putInt(1, 12_999 | (12_999 << 14));
        assertFault(
                samples,
                Reason.TOO_LARGE,
                "p: the image is 13000×13000 pixels; at most 134217728 are read of lossless WebP, so scale it down"
                        + " first");
    }

    @Test
    void aCodeMustBeComplete() {
        byte[] samples = new byte[30];
        samples[0] = 0x2F;
        assertFault(
                samples,
                Reason.DAMAGED,
                "p: the WebP data are damaged or of a kind that cannot be read (a prefix code of the lossless image is not"
                        + " complete); save the image anew");
    }

    @Test
    void moreThan16384GroupsOfCodesAreRefused() {
        assertFault(
                groups(516, 512),
                Reason.UNSUPPORTED,
                "p: the WebP image has 16512 groups of prefix codes; at most 16384 are read, so save the image anew");
        assertFault( // as many as are read: what is missing then is the codes themselves
                groups(512, 512),
                Reason.DAMAGED,
                "p: the WebP data are damaged or of a kind that cannot be read (the samples of the lossless image end too"
                        + " early, so the image is incomplete); save the image anew");
    }

    /** The start of a lossless image, each block of 4 × 4 pixels of which has a group of codes of its own. */
    private static byte[] groups(int width, int height) {
        BitWriter bits = new BitWriter();
        bits.put(0x2F, 8).put(width - 1, 14).put(height - 1, 14).put(0, 1 + 3);
        bits.put(0, 1); // no transform
        bits.put(0, 1); // no color cache
        bits.put(1, 1).put(0, 3); // groups, for blocks of 2² pixels along a side
        bits.put(0, 1); // no color cache of the image of group numbers
        eightBitCode(bits); // green, the low byte of the number
        eightBitCode(bits); // red, the high byte
        for (int i = 0; i < 3; i++) {
            bits.put(1, 1).put(0, 1).put(0, 1).put(0, 1); // a code of the symbol 0 alone
        }
        for (int block = 0; block < width / 4 * (height / 4); block++) {
            bits.put(reversed(block & 0xFF), 8).put(reversed(block >> 8), 8);
        }
        return bits.bytes();
    }

    /** A code in which each of the symbols 0 to 255 has 8 bits, and no other symbol occurs. */
    private static void eightBitCode(BitWriter bits) {
        bits.put(0, 1).put(12 - 4, 4); // twelve lengths of codes for lengths; the twelfth is that of the length 8
        bits.put(0, 11 * 3).put(1, 3);
        bits.put(1, 1).put(3, 3).put(256 - 2, 8); // 256 symbols
    }

    private static int reversed(int value) {
        return Integer.reverse(value) >>> 24;
    }

    /** Writes bits, the least significant of each byte first. */
    private static final class BitWriter {
        private byte[] bytes = new byte[64];
        private int count;

        BitWriter put(int value, int length) {
            for (int i = 0; i < length; i++, count++) {
                if (count / 8 == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * bytes.length);
                }
                bytes[count / 8] |= (byte) ((i < 32 ? value >>> i & 1 : 0) << count % 8);
            }
            return this;
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, (count + 15) / 16 * 2);
        }
    }

    private static void assertFault(byte[] samples, Reason reason, String message) {
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
                .hasMessage(message)
                .extracting(e -> ((UnreadableImageException) e).reason())
                .isEqualTo(reason);
    }
}
