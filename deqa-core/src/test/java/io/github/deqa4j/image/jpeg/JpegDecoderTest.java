package io.github.deqa4j.image.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JpegDecoderTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());
    private static final int START_OF_SCAN = 0xDA;

    static List<Path> samples() {
        return ImageFiles.samples().stream()
                .filter(file -> file.toString().endsWith(".jpg"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void fillBytesMayPrecedeAnyMarker(Path file) {
        byte[] jpeg = ImageFiles.bytes(file);
        RgbImage filled = READER.read(withFillBytes(jpeg), "p");
        assertThat(filled.samples()).isEqualTo(READER.read(jpeg, "p").samples());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noEndMarkerIsNeeded(Path file) {
        byte[] jpeg = ImageFiles.bytes(file);
        byte[] whole = READER.read(jpeg, "p").samples();
        byte[] withoutEnd = Arrays.copyOf(jpeg, jpeg.length);
        int end = lastMarker(jpeg, 0xD9);
        withoutEnd[end] = 0;
        withoutEnd[end + 1] = 0;
        assertThat(READER.read(withoutEnd, "p").samples()).isEqualTo(whole);
    }

    @Test
    void aFewBytesCannotAskForALargeImage() {
        byte[] jpeg = withSize(ImageFiles.bytes("s0_b_75.jpg"), 13_000, 13_000);
        assertFault(
                jpeg,
                "p: the image is incomplete: a JPEG image of 13000×13000 pixels does not fit into " + jpeg.length
                        + " bytes; get a complete copy");
    }

    @Test
    void aLargeProgressiveImageIsRefusedBeforeItTakesMemory() {
        byte[] jpeg = withSize(ImageFiles.bytes(ImageFiles.found("progressive_restart.jpg")), 16_000, 11_000);
        byte[] padded = Arrays.copyOf(jpeg, 2_000_000);
        int factors = marker(padded, 0xC2) + 11;
        padded[factors] = 0x11; // full chroma
        assertFault(
                padded,
                "p: the JPEG image of 16000×11000 pixels is progressive and too large for it; save it as baseline JPEG or"
                        + " scale it down");
    }

    @Test
    void aScanComesOnce() {
        byte[] jpeg = ImageFiles.bytes(ImageFiles.found("progressive_restart.jpg"));
        int scan = marker(jpeg, START_OF_SCAN);
        int next = marker(jpeg, 0xC4, scan);
        byte[] twice = new byte[jpeg.length + next - scan];
        System.arraycopy(jpeg, 0, twice, 0, next);
        System.arraycopy(jpeg, scan, twice, next, jpeg.length - scan);
        assertFault(
                twice,
                "p: the JPEG scan header has coefficient 0 of component 1 again or without what comes before; the file is"
                        + " damaged");
    }

    @Test
    void aSecondFrameHeaderIsRefused() {
        byte[] jpeg = ImageFiles.bytes(ImageFiles.found("progressive_restart.jpg"));
        int frame = marker(jpeg, 0xC2);
        int scan = marker(jpeg, START_OF_SCAN);
        int between = marker(jpeg, 0xC4, scan);
        for (int at : List.of(scan, between)) { // before the first scan and after it
            assertFault(
                    withRepeated(jpeg, frame, at),
                    "p: the JPEG file has a second frame header at byte " + (at + 4) + "; the file is damaged");
        }
    }

    /** The file with one of its segments repeated at an offset. */
    private static byte[] withRepeated(byte[] jpeg, int segment, int at) {
        int length = 2 + (((jpeg[segment + 2] & 0xFF) << 8) | (jpeg[segment + 3] & 0xFF));
        return ByteBuffer.allocate(jpeg.length + length)
                .put(jpeg, 0, at)
                .put(jpeg, segment, length)
                .put(jpeg, at, jpeg.length - at)
                .array();
    }

    private static void assertFault(byte[] file, String message) {
        assertThatThrownBy(() -> READER.read(file, "p"))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(message);
    }

    private static byte[] withSize(byte[] jpeg, int width, int height) {
        byte[] changed = jpeg.clone();
        int frame = marker(jpeg, 0xC0) > 0 ? marker(jpeg, 0xC0) : marker(jpeg, 0xC2);
        changed[frame + 5] = (byte) (height >> 8);
        changed[frame + 6] = (byte) height;
        changed[frame + 7] = (byte) (width >> 8);
        changed[frame + 8] = (byte) width;
        return changed;
    }

    /** Three more of them before each marker but the first: in the header, within the data and at the end. */
    private static byte[] withFillBytes(byte[] jpeg) {
        ByteArrayOutputStream filled = new ByteArrayOutputStream();
        filled.write(jpeg, 0, 2);
        int at = 2;
        while (at < jpeg.length) {
            int value = jpeg[at] & 0xFF;
            int after = at + 1 < jpeg.length ? jpeg[at + 1] & 0xFF : 0;
            if (value != 0xFF || after == 0) {
                filled.write(value);
                at++;
                continue;
            }
            filled.writeBytes(new byte[] {-1, -1, -1, -1, (byte) after});
            at += 2;
            boolean hasSegment = after > 1 && after != 0xFF && (after < 0xD0 || after > 0xD9);
            if (hasSegment) {
                int length = ((jpeg[at] & 0xFF) << 8) | (jpeg[at + 1] & 0xFF);
                filled.write(jpeg, at, length);
                at += length;
            }
        }
        return filled.toByteArray();
    }

    private static int marker(byte[] jpeg, int marker) {
        return marker(jpeg, marker, 0);
    }

    /** Offset of a marker, −1 if there is none. */
    private static int marker(byte[] jpeg, int marker, int start) {
        for (int i = start; i + 1 < jpeg.length; i++) {
            if (jpeg[i] == -1 && (jpeg[i + 1] & 0xFF) == marker) {
                return i;
            }
        }
        return -1;
    }

    private static int lastMarker(byte[] jpeg, int marker) {
        int last = -1;
        for (int at = marker(jpeg, marker); at >= 0; at = marker(jpeg, marker, at + 1)) {
            last = at;
        }
        return last;
    }
}
