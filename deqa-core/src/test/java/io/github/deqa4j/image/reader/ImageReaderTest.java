package io.github.deqa4j.image.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.TiffBuilder;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import io.github.deqa4j.image.codec.DeepGray;
import io.github.deqa4j.image.codec.Orientation;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.testkit.Golden;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageReaderTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());
    private static final ImageReader TURNING =
            new ImageReader(ReaderSettings.standard().withApplyExifOrientation(true));

    static List<Path> samples() {
        return ImageFiles.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsReadAsPillowReadsIt(Path file) {
        JsonNode expected =
                ImageFiles.json("samples.json").get(file.getFileName().toString());
        RgbImage image = READER.read(file);
        assertThat(image.width()).isEqualTo(expected.get("width").intValue());
        assertThat(image.height()).isEqualTo(expected.get("height").intValue());
        assertThat(ImageFiles.sha256(image)).isEqualTo(expected.get("sha256").textValue());
    }

    @Test
    void theSamplesAreAllThere() {
        assertThat(samples()).hasSize(ImageFiles.json("samples.json").size()).hasSizeGreaterThan(75);
    }

    @Test
    void goldenImagesAreReadToTheLastBit() {
        JsonNode expected = Golden.json(Golden.external("preprocess/expected.json"));
        expected.fieldNames().forEachRemaining(name -> {
            RgbImage image = READER.read(Golden.external("images/" + name));
            assertThat(image.width())
                    .as(name)
                    .isEqualTo(expected.get(name).get("width").intValue());
            assertThat(image.height())
                    .as(name)
                    .isEqualTo(expected.get(name).get("height").intValue());
            assertThat(ImageFiles.sha256(image))
                    .as(name)
                    .isEqualTo(expected.get(name).get("rgb_sha256").textValue());
        });
    }

    @Test
    void aSinglePixelIsAnImage() {
        RgbImage image = READER.read(ImageFiles.sample("rgba8_interlaced_1x1.png"));
        assertThat(image.samples()).hasSize(3);
    }

    @Test
    void contentDecidesAndNotTheName(@TempDir Path directory) throws Exception {
        Path misnamed = Files.write(directory.resolve("picture.jpg"), ImageFiles.bytes("rgb8_interlaced_23x17.png"));
        assertThat(READER.read(misnamed).width()).isEqualTo(23);
    }

    @Test
    void exifOrientationIsIgnoredUnlessAskedFor() {
        RgbImage stored = READER.read(ImageFiles.sample("o6.jpg"));
        RgbImage turned = TURNING.read(ImageFiles.sample("o6.jpg"));
        assertThat(List.of(stored.width(), stored.height())).containsExactly(37, 20);
        assertThat(turned.samples()).isEqualTo(Orientation.of(6).apply(stored).samples());
        assertThat(List.of(turned.width(), turned.height())).containsExactly(20, 37);
    }

    @Test
    void exifOrientationInPngIsFound() {
        byte[] exif = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0};
        byte[] png = ImageFiles.bytes("rgb8_interlaced_23x17.png");
        byte[] withExif = insert(png, 33, chunk("eXIf", exif));
        assertThat(READER.read(withExif, "p").width()).isEqualTo(23);
        assertThat(TURNING.read(withExif, "p").width()).isEqualTo(17);
    }

    @Test
    void deepGrayInPngIsScaledIfAskedFor() {
        Path file = ImageFiles.sample("grey16_interlaced_5x3.png");
        ImageReader scaling = new ImageReader(ReaderSettings.standard().withDeepGray(DeepGray.SCALED));
        List<String> warnings = new ArrayList<>();
        RgbImage clipped = READER.withWarnings(warnings::add).read(file);
        assertThat(scaling.read(file).samples()).isNotEqualTo(clipped.samples());
        assertThat(warnings)
                .containsExactly(file
                        + ": the gray samples have more than 8 bits, and those above 255 become white, as in the reader that "
                        + "the authors' scores come from; save the image with 8 bits");
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path directory) {
        Path file = directory.resolve("none.png");
        assertThatThrownBy(() -> READER.read(file))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(file + ": there is no such file");
    }

    @Test
    void aDirectoryIsNotAnImage(@TempDir Path directory) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("x.png"));
        assertThatThrownBy(() -> READER.read(folder))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(folder + ": this is a directory; name an image file");
    }

    @Test
    void anEmptyFileIsNotAnImage() {
        assertFault(new byte[0], "p: the file is empty");
    }

    @Test
    void textIsNotAnImage() {
        assertFault(
                "hello, world".getBytes(StandardCharsets.US_ASCII),
                "p: not an image in a known format (JPEG, PNG, WebP, TIFF, GIF, BMP); its first bytes are "
                        + "68 65 6c 6c 6f 2c 20 77");
    }

    @Test
    void anotherRiffFileIsNotAnImage() {
        assertFault("RIFF\4\0\0\0WAVE".getBytes(StandardCharsets.US_ASCII), "p: this RIFF file is not a WebP image");
    }

    @Test
    void hugeImagesAreRefusedByTheirHeader() {
        byte[] png = headerOf(60_000, 60_000);
        assertFault(
                png,
                "p: the image is 60000×60000 pixels; at most 178956970 pixels are read, so scale it down first (in "
                        + "Java, the setting maxPixels raises the limit)");
    }

    @Test
    void imagesWithoutPixelsAreRefused() {
        assertFault(headerOf(0, 7), "p: the image is 0×7 pixels; both sides must be at least 1");
    }

    @Test
    void sidesOfMoreThanAMillionAreRefused() {
        assertFault(headerOf(1, 1_000_001), "p: the image is 1×1000001 pixels; a side may have at most 1000000");
    }

    @Test
    void theLimitIsASetting() {
        ImageReader small = new ImageReader(ReaderSettings.standard().withMaxPixels(299));
        for (String name : List.of(
                "rgb8_interlaced_23x17.png", "b24_23x17_1.bmp", "rgb_packbits.tif", "s0_b_75.jpg", "full.gif")) {
            assertThatThrownBy(() -> small.read(ImageFiles.sample(name)))
                    .as(name)
                    .isExactlyInstanceOf(UnreadableImageException.class)
                    .hasMessageContaining(" pixels; at most 299 pixels are read")
                    .extracting(e -> ((UnreadableImageException) e).reason())
                    .isEqualTo(Reason.TOO_LARGE);
        }
    }

    @Test
    void aJpegThatIsCutShortIsRefused() {
        byte[] jpeg = ImageFiles.bytes("s0_b_75.jpg");
        assertFault(
                Arrays.copyOf(jpeg, jpeg.length - 3), // end marker and last byte of data
                "p: the image is incomplete: its JPEG data end at byte " + (jpeg.length - 3)
                        + ", before all pixels are there; get a complete copy");
    }

    @Test
    void aJpegNeedsNoEndMarker() {
        byte[] jpeg = ImageFiles.bytes("s0_b_75.jpg");
        RgbImage whole = READER.read(jpeg, "p");
        RgbImage withoutEnd = READER.read(Arrays.copyOf(jpeg, jpeg.length - 2), "p");
        assertThat(withoutEnd.samples()).isEqualTo(whole.samples());
    }

    @Test
    void aPipeIsNotWaitedFor(@TempDir Path directory) throws Exception {
        Path pipe = directory.resolve("x.png");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> READER.read(pipe))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(pipe + ": this is a named pipe, a socket or a device; name an image file");
    }

    @Test
    void aDeviceIsNotAnImage() {
        assertThatThrownBy(() -> READER.read(Path.of("/dev/zero")))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage("/dev/zero: this is a named pipe, a socket or a device; name an image file");
    }

    @Test
    void aPngThatIsCutShortIsRefused() {
        byte[] png = ImageFiles.bytes("rgb8_interlaced_23x17.png");
        assertThatThrownBy(() -> READER.read(Arrays.copyOf(png, png.length / 2), "p"))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessageStartingWith(
                        "p: the file is cut short: it ends after " + png.length / 2 + " bytes, but byte ");
    }

    @Test
    void aWrongChecksumIsDamage() {
        byte[] png = ImageFiles.bytes("rgb8_interlaced_23x17.png");
        png[50] ^= 1;
        assertFault(png, "p: the PNG chunk at byte 33 does not match its checksum; the file is damaged");
    }

    @Test
    void twelveBitJpegIsRefused() {
        byte[] jpeg = ImageFiles.bytes("g.jpg");
        int frame = indexOf(jpeg, (byte) 0xC0);
        jpeg[frame + 3] = 12;
        assertFault(jpeg, "p: the JPEG samples have 12 bits; only 8 can be read");
    }

    @Test
    void everyErrorSaysItsReason(@TempDir Path directory) throws Exception {
        Path large = directory.resolve("long.png");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(1L << 31); // of zeros that take no space
        }
        assertReason(Reason.MISSING, () -> READER.read(directory.resolve("none.png")));
        assertReason(Reason.NO_ACCESS, () -> READER.read(directory));
        assertReason(Reason.NO_ACCESS, () -> READER.read(Path.of("/dev/zero")));
        assertReason(Reason.TOO_LARGE, () -> READER.read(large));
        assertReason(Reason.DAMAGED, () -> READER.read(new byte[0], "p"));
        assertReason(Reason.UNKNOWN_FORMAT, () -> READER.read(bytes("hello, world"), "p"));
        assertReason(Reason.UNKNOWN_FORMAT, () -> READER.read(bytes("RIFF\4\0\0\0WAVE"), "p"));
        assertReason(Reason.DAMAGED, () -> READER.read(headerOf(0, 7), "p"));
        assertReason(Reason.DAMAGED, () -> READER.read(Arrays.copyOf(ImageFiles.bytes("full.gif"), 99), "p"));
        assertReason(Reason.TOO_LARGE, () -> READER.read(headerOf(60_000, 60_000), "p"));
        assertReason(Reason.TOO_LARGE, () -> READER.read(headerOf(1, 1_000_001), "p"));
        BufferedImage signed = new BufferedImage(
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        false,
                        false,
                        Transparency.OPAQUE,
                        DataBuffer.TYPE_SHORT),
                Raster.createWritableRaster(
                        new ComponentSampleModel(DataBuffer.TYPE_SHORT, 1, 1, 3, 3, new int[] {0, 1, 2}), null),
                false,
                null);
        assertReason(Reason.UNSUPPORTED, () -> READER.convert(signed));
    }

    @Test
    void anImageThatTheHeapCanNeverHoldIsRefusedByItsHeader() { // surefire sets -Xmx1g
        ImageReader all = new ImageReader(ReaderSettings.standard().withMaxPixels(ReaderSettings.LARGEST));
        assertThatThrownBy(() -> all.read(headerOf(26_000, 26_000), "p"))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage("p: the image needs 1935 MiB of memory, but Java's heap is limited to "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MiB; raise the limit with Java's option -Xmx, or scale the image down")
                .extracting(e -> ((UnreadableImageException) e).reason())
                .isEqualTo(Reason.MEMORY);
    }

    @Test
    void anOutOfMemoryErrorIsNotAFaultOfTheImage() {
        ImageReader all = new ImageReader(ReaderSettings.standard().withMaxPixels(ReaderSettings.LARGEST));
        int side = (int) Math.sqrt(Runtime.getRuntime().maxMemory() / 3.0); // the whole heap, which is never free
        byte[] tiff = new TiffBuilder(ByteOrder.BIG_ENDIAN)
                .with(256, side)
                .with(257, side)
                .with(258, 8, 8, 8)
                .with(259, 50_000) // Zstandard, a few bytes of which may stand for any number
                .with(262, 2)
                .with(277, 3)
                .bytes();
        assertThatThrownBy(() -> all.read(tiff, "p")).isInstanceOf(OutOfMemoryError.class);
    }

    private static void assertReason(Reason reason, ThrowableAssert.ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isExactlyInstanceOf(UnreadableImageException.class)
                .extracting(e -> ((UnreadableImageException) e).reason())
                .isEqualTo(reason);
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertFault(byte[] file, String message) {
        assertThatThrownBy(() -> READER.read(file, "p"))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(message);
    }

    private static int indexOf(byte[] bytes, byte marker) {
        int i = 0;
        while (bytes[i] != (byte) 0xFF || bytes[i + 1] != marker) {
            i++;
        }
        return i + 1;
    }

    private static byte[] headerOf(int width, int height) {
        byte[] data = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
        return insert(signature, signature.length, chunk("IHDR", data));
    }

    private static byte[] chunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] insert(byte[] file, int at, byte[] chunk) {
        return ByteBuffer.allocate(file.length + chunk.length)
                .put(file, 0, at)
                .put(chunk)
                .put(file, at, file.length - at)
                .array();
    }
}
