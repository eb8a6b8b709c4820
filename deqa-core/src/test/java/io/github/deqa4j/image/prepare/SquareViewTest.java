package io.github.deqa4j.image.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.Orientation;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.testkit.Golden;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SquareViewTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());
    private static final SquareView STANDARD = new SquareView(PreprocessorConfig.standard(448));

    static List<JsonNode> squares() {
        return StreamSupport.stream(ImageFiles.json("squares.json").spliterator(), false)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("squares")
    void squaresAreThoseOfPillow(JsonNode expected) {
        PreprocessorConfig standard = PreprocessorConfig.standard(1);
        PreprocessorConfig config = new PreprocessorConfig(
                expected.get("resize").intValue(),
                expected.get("crop").intValue(),
                standard.colors(),
                standard.padding());
        RgbImage image = ImageFiles.pattern(
                expected.get("width").intValue(), expected.get("height").intValue());
        RgbImage square = new SquareView(config).seen(image);
        assertThat(square.width()).isEqualTo(config.cropSize());
        assertThat(new SquareView(config).size(image)).isEqualTo(new InputSize(square.width(), square.height()));
        assertThat(ImageFiles.sha256(square)).isEqualTo(expected.get("sha256").textValue());
    }

    @Test
    void goldenImagesLookAsTheAuthorsNetworkSeesThem() {
        JsonNode expected = Golden.json(Golden.external("preprocess/expected.json"));
        expected.fieldNames().forEachRemaining(name -> {
            RgbImage square = STANDARD.seen(READER.read(Golden.external("images/" + name)));
            if (name.endsWith("jpg")) {
                RgbImage shown = READER.read(Golden.external("preprocess/" + name + ".448.png"));
                assertThat(meanDifference(square, shown)).as(name).isLessThanOrEqualTo(0.5);
            } else {
                assertThat(ImageFiles.sha256(square))
                        .as(name)
                        .isEqualTo(expected.get(name).get("u8_448_sha256").textValue());
            }
        });
    }

    @Test
    void goldenImagesHaveTheAuthorsStatistics() {
        JsonNode expected =
                Golden.json(Golden.external("preprocess/expected.json")).get("a_rgb_501x333.png");
        float[] pixels = STANDARD.pixels(READER.read(Golden.external("images/a_rgb_501x333.png")))
                .values();
        int area = 448 * 448;
        for (int c = 0; c < 3; c++) {
            int start = c * area;
            double mean = IntStream.range(0, area)
                    .mapToDouble(i -> pixels[start + i])
                    .average()
                    .orElseThrow();
            assertThat(mean).isCloseTo(expected.get("mean").get(c).doubleValue(), within(1e-5));
            assertThat(pixels[start]).isEqualTo(expected.get("corner").get(c).floatValue());
            assertThat(pixels[start + 224 * 448 + 224])
                    .isEqualTo(expected.get("centre").get(c).floatValue());
        }
    }

    @Test
    void theMiniModelSeesThePixelsThatTheAuthorsModelSaw() throws Exception {
        Path model = Golden.mini().resolve("model");
        SquareView preprocessor = new SquareView(PreprocessorConfig.read(model.resolve("preprocessor_config.json")));
        assertThat(preprocessor.side()).isEqualTo(56);
        float[] expected = tensor(ImageFiles.bytes(model.resolve("expected.safetensors")), "pixel_values");
        int size = 3 * 56 * 56;
        List<Path> images = images(expected.length / size);
        for (int i = 0; i < images.size(); i++) {
            assertThat(preprocessor.pixels(READER.read(images.get(i))).values())
                    .as(images.get(i).toString())
                    .isEqualTo(Arrays.copyOfRange(expected, i * size, (i + 1) * size));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "448,448", "1000,1000", "449,449", "3,3"})
    void aPlainImageStaysPlain(int width, int height) {
        byte[] samples = new byte[width * height * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i % 3 * 100 + 55);
        }
        RgbImage square = STANDARD.seen(new RgbImage(width, height, samples));
        for (int i = 0; i < square.samples().length; i++) {
            assertThat(square.samples()[i]).isEqualTo((byte) (i % 3 * 100 + 55));
        }
    }

    @Test
    void aImageOfTheRightSizeIsLeftAsItIs() {
        RgbImage image = ImageFiles.pattern(448, 448);
        assertThat(STANDARD.seen(image).samples()).isEqualTo(image.samples());
    }

    @Test
    void turningCommutesWithResizingWhereThePaddingIsEven() {
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            int side = 1 + random.nextInt(300);
            int other = Math.max(1, side - 2 * random.nextInt(1 + side / 2));
            RgbImage image = ImageFiles.pattern(side, other);
            for (Orientation orientation :
                    List.of(Orientation.MIRRORED, Orientation.FLIPPED, Orientation.UPSIDE_DOWN)) {
                assertThat(meanDifference(
                                STANDARD.seen(orientation.apply(image)), orientation.apply(STANDARD.seen(image))))
                        .isLessThan(0.02); // the centers of mirrored kernels differ in the last bits of a double
            }
        }
    }

    @Test
    void thePaddingIsTheMeanColorAndTheOddPixelGoesLast() {
        SquareView unscaled = new SquareView(PreprocessorConfig.standard(4));
        RgbImage black = new RgbImage(4, 1, new byte[12]);
        RgbImage square = unscaled.seen(black);
        for (int y = 0; y < 4; y++) {
            assertThat(square.sample(2, y, 0)).isEqualTo(y == 1 ? 0 : 122);
            assertThat(square.sample(2, y, 1)).isEqualTo(y == 1 ? 0 : 116);
            assertThat(square.sample(2, y, 2)).isEqualTo(y == 1 ? 0 : 104);
        }
    }

    @Test
    void verySlenderImagesAreResizedWithoutLayingOutTheirSquare() {
        RgbImage slender = new RgbImage(1, 1_000_000, new byte[3_000_000]);
        RgbImage square = STANDARD.seen(slender);
        assertThat(square.sample(0, 0, 0)).isEqualTo(122);
        assertThat(square.sample(224, 224, 2)).isEqualTo(104);
    }

    private static double meanDifference(RgbImage a, RgbImage b) {
        return IntStream.range(0, a.samples().length)
                .map(i -> Math.abs((a.samples()[i] & 0xFF) - (b.samples()[i] & 0xFF)))
                .average()
                .orElseThrow();
    }

    private static List<Path> images(int count) throws Exception {
        try (var files = java.nio.file.Files.list(Golden.mini().resolve("images"))) {
            return files.sorted().limit(count).toList();
        }
    }

    /** A float32 tensor of a safetensors file: 8-byte length, JSON header, data. */
    private static float[] tensor(byte[] file, String name) throws Exception {
        ByteBuffer data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) data.getLong();
        JsonNode offsets =
                new ObjectMapper().readTree(file, 8, header).get(name).get("data_offsets");
        int start = 8 + header + offsets.get(0).intValue();
        float[] values = new float[(offsets.get(1).intValue() - offsets.get(0).intValue()) / Float.BYTES];
        data.position(start);
        data.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
