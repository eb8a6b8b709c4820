package io.github.deqa4j.image.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.TiffBuilder;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.DeepGray;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TIFF files of many kinds; dev/benchmarks/peer/tiff_formats.py made those in the folder tiff, and many more. */
class TiffFilesTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());

    static List<Path> files() {
        return ImageFiles.files("tiff-files");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsReadAsPillowReadsIt(Path file) {
        JsonNode expected =
                ImageFiles.json("tiff-files.json").get(file.getFileName().toString());
        RgbImage image = READER.read(file);
        assertThat(image.width()).isEqualTo(expected.get("width").intValue());
        assertThat(image.height()).isEqualTo(expected.get("height").intValue());
        assertThat(ImageFiles.sha256(image)).isEqualTo(expected.get("sha256").textValue());
    }

    @Test
    void theFilesAreAllThere() {
        assertThat(files()).hasSize(ImageFiles.json("tiff-files.json").size()).hasSizeGreaterThan(80);
    }

    @Test
    void labIsConvertedAsPillowConvertsIt() {
        RgbImage image = READER.read(ImageFiles.reported("tiff-cielab.tif"));
        RgbImage expected = READER.read(ImageFiles.reported("tiff-cielab.expected.png"));
        assertThat(ImageFiles.greatestDifference(image, expected)).isLessThanOrEqualTo(2);
    }

    @Test
    void colorsOfFractionsAreRefusedWithTheNameOfTheFile() {
        Path file = ImageFiles.reported("tiff-float-rgb-message.tif");
        assertThatThrownBy(() -> READER.read(file))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(
                        file + ": the TIFF file has colors of samples that are fractions of 32 bits, which cannot be "
                                + "read; save the image with 8 bits");
    }

    @ParameterizedTest
    @CsvSource({
        "34712, JPEG 2000",
        "50001, WebP",
        "50002, JPEG XL",
        "34887, LERC",
        "12345, a method that has the number 12345"
    })
    void aCompressionThatIsNotReadIsNamed(int number, String name) {
        assertFault(
                gray().with(259, number),
                "p: the TIFF file is compressed with " + name
                        + ", which cannot be read; save the image with LZW or Deflate");
    }

    @ParameterizedTest
    @CsvSource({
        "4, a transparency mask",
        "9, ICC L*a*b* colors",
        "32803, the raw samples of a camera",
        "32845, LogLuv colors",
        "77, colors of the kind 77"
    })
    void aColorSpaceThatIsNotReadIsNamed(int number, String name) {
        assertFault(
                gray().with(262, number),
                "p: the TIFF file holds " + name + ", which cannot be read; save the image in RGB");
    }

    @Test
    void samplesOfUnequalBitsAreRefused() {
        assertFault(
                gray().with(277, 3).with(262, 2).with(258, 5, 6, 5),
                "p: the TIFF samples of a pixel have 5 and 6 bits; only equal ones can be read, so save the image with "
                        + "8 bits");
    }

    @Test
    void aStripThatIsTooShortIsRefused() {
        byte[] file = gray().with(259, 32773).bytes(); // whose bytes 1 and 2 stand for copies and not for all pixels
        assertFault(
                file,
                "p: the file is damaged or cut short: the TIFF strip at byte " + (file.length - 6)
                        + " has less than its 3×2 pixels; get a complete copy");
    }

    @Test
    void pixelsThatTheFileCannotHoldAreRefusedBeforeMemoryIsSetAside() {
        byte[] file =
                gray().with(256, 10_000).with(257, 10_000).with(278, 10_000).bytes();
        assertFault(
                file,
                "p: the file is cut short: its " + file.length
                        + " bytes cannot hold the 10000×10000 pixels of the TIFF image; get a complete copy");
    }

    /** As in libtiff, whose other compressions have their bits reversed. */
    @Test
    void reversedFillOrderMeansNothingForJpeg() {
        byte[] jpeg = ImageFiles.bytes("g.jpg");
        RgbImage expected = READER.read(jpeg, "p");
        TiffBuilder tiff = new TiffBuilder(ByteOrder.BIG_ENDIAN)
                .with(256, expected.width())
                .with(257, expected.height())
                .with(258, 8)
                .with(259, 7)
                .with(262, 1)
                .with(266, 2)
                .with(279, jpeg.length);
        assertThat(READER.read(tiff.bytes(jpeg), "p").samples()).isEqualTo(expected.samples());
    }

    @Test
    void reversedFillOrderHoldsForPlainSamples() {
        byte[] file = gray().with(266, 2).bytes(); // 1 to 6
        assertThat(READER.read(file, "p").sample(0, 0, 0)).isEqualTo(0x80);
        assertThat(READER.read(file, "p").sample(2, 1, 0)).isEqualTo(0x60);
    }

    @Test
    void aPredictorOfUnevenBitsIsRefused() {
        assertFault(
                gray().with(258, 4).with(259, 5).with(317, 2),
                "p: the TIFF file has predictor 2 for samples of 4 bits, which cannot be read; save the image without a"
                        + " predictor");
    }

    @Test
    void aTileOfThousandsOfMillionsIsRefused() {
        assertFault(
                gray().with(322, Integer.MAX_VALUE)
                        .with(323, Integer.MAX_VALUE)
                        .without(273)
                        .with(324, 8),
                "p: the image is 2147483647×2147483647 pixels; a side may have at most 1000000");
    }

    @Test
    void aMissingTileIsNamed() {
        assertThatThrownBy(() -> READER.read(gray().without(273).bytes(), "p"))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(
                        "p: the TIFF data are damaged or of a kind that cannot be read (tag 273 is missing); save the "
                                + "image anew");
    }

    @Test
    void deepGrayIsClippedAsInPillowAndSaidToBe() {
        List<String> warnings = new ArrayList<>();
        RgbImage image = READER.withWarnings(warnings::add).read(deepGray(1, 255, 256, 65535), "p");
        assertThat(image.samples()).containsExactly(1, 1, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255);
        assertThat(warnings)
                .containsExactly(
                        "p: the gray samples have more than 8 bits, and those above 255 become white, as in the "
                                + "reader that the authors' scores come from; save the image with 8 bits");
    }

    @Test
    void deepGrayIsScaledIfAskedForWithoutAWord() {
        List<String> warnings = new ArrayList<>();
        ImageReader scaling = new ImageReader(ReaderSettings.standard().withDeepGray(DeepGray.SCALED));
        RgbImage image = scaling.withWarnings(warnings::add).read(deepGray(1, 255, 256, 65535), "p");
        assertThat(image.samples()).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 255, 255, 255);
        assertThat(warnings).isEmpty();
    }

    @Test
    void whiteIsZeroIsTurnedOverWhereDeepGrayIsScaled() {
        ImageReader scaling = new ImageReader(ReaderSettings.standard().withDeepGray(DeepGray.SCALED));
        Path file = ImageFiles.files("tiff-files").stream()
                .filter(path -> path.endsWith("white-is-zero-16-le.tif"))
                .findFirst()
                .orElseThrow();
        assertThat(READER.read(file).sample(20, 0, 0)).isGreaterThan(100);
        assertThat(scaling.read(file).sample(20, 0, 0)).isEqualTo(255);
    }

    @Test
    void fractionsAreClippedAndSaidToBe() {
        List<String> warnings = new ArrayList<>();
        byte[] file = new TiffBuilder(ByteOrder.LITTLE_ENDIAN)
                .with(256, 3)
                .with(257, 1)
                .with(258, 32)
                .with(262, 1)
                .with(339, 3)
                .floats(-1f, 99.9f, 300f);
        assertThat(READER.withWarnings(warnings::add).read(file, "p").samples())
                .containsExactly(0, 0, 0, 99, 99, 99, 255, 255, 255);
        assertThat(warnings)
                .containsExactly(
                        "p: the gray samples are fractions, of which 0 to 255 are taken for black to white and "
                                + "what lies outside is clipped; save the image with 8 bits if that is not what they mean");
    }

    @Test
    void aTagOfAHundredThousandValuesMakesNoLongMessage() {
        int[] bits = new int[100_000];
        Arrays.setAll(bits, i -> i);
        assertThatThrownBy(() ->
                        READER.read(gray().with(258, bits).with(277, 100_000).bytes(), "p"))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage("p: the TIFF file has 100000 samples to a pixel; it may have 1 to 16");
    }

    private static TiffBuilder gray() {
        return new TiffBuilder(ByteOrder.BIG_ENDIAN)
                .with(256, 3)
                .with(257, 2)
                .with(258, 8)
                .with(259, 1)
                .with(262, 1);
    }

    private static byte[] deepGray(int... samples) {
        byte[] data = new byte[samples.length * 2];
        for (int i = 0; i < samples.length; i++) {
            data[2 * i] = (byte) (samples[i] >> 8);
            data[2 * i + 1] = (byte) samples[i];
        }
        return new TiffBuilder(ByteOrder.BIG_ENDIAN)
                .with(256, samples.length)
                .with(257, 1)
                .with(258, 16)
                .with(262, 1)
                .bytes(data);
    }

    private static void assertFault(TiffBuilder file, String message) {
        assertFault(file.bytes(), message);
    }

    private static void assertFault(byte[] file, String message) {
        assertThatThrownBy(() -> READER.read(file, "p"))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage(message);
    }
}
