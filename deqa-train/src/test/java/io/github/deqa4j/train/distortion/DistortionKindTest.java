package io.github.deqa4j.train.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every kind. */
class DistortionKindTest {
    private static final int[][] SIZES = {{1, 1}, {3, 2}, {2, 3}, {17, 1}, {1, 40}, {33, 47}};

    /** Those that draw something from the seed. */
    private static final Set<DistortionKind> RANDOM = EnumSet.of(
            DistortionKind.COLOR_CAST,
            DistortionKind.MOTION_BLUR,
            DistortionKind.WHITE_NOISE,
            DistortionKind.COLOR_NOISE,
            DistortionKind.IMPULSE_NOISE,
            DistortionKind.SPECKLE_NOISE,
            DistortionKind.JPEG_TWICE,
            DistortionKind.BLOCK_SHIFT,
            DistortionKind.BLOCK_LOSS);

    /** Those that only move or remove detail, of which a constant image has none. */
    private static final Set<DistortionKind> OF_DETAIL = EnumSet.of(
            DistortionKind.GAUSSIAN_BLUR,
            DistortionKind.MOTION_BLUR,
            DistortionKind.LENS_BLUR,
            DistortionKind.RESAMPLING,
            DistortionKind.PIXELATION,
            DistortionKind.OVER_SHARPENING,
            DistortionKind.BLOCK_SHIFT);

    @ParameterizedTest
    @EnumSource
    void theErrorGrowsWithTheStrength(DistortionKind kind) {
        for (int seed = 0; seed < 3; seed++) {
            requireGrowth(SyntheticImages.texture(160, 128, seed), kind, seed, "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theErrorGrowsOnPhotographs(DistortionKind kind) throws IOException {
        ImageReader reader = new ImageReader(ReaderSettings.standard());
        for (Path file : everyThirtieth(Golden.data("cid22-train"))) {
            requireGrowth(reader.read(file), kind, 5, file.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nextToNoStrengthChangesNextToNothing(DistortionKind kind) {
        RgbImage image = SyntheticImages.texture(160, 128, 1);
        double error = SyntheticImages.error(image, kind.apply(image, 1e-9, 3));
        assertThat(error).isLessThan(codec(kind) ? halfColors(image) : 0.01);
    }

    /** But for pixelation: at whole ratios, which pixel is the nearest changes in many places at once. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PIXELATION")
    void aLittleMoreStrengthChangesLittle(DistortionKind kind) {
        RgbImage image = SyntheticImages.texture(160, 128, 1);
        for (double strength = 0.05; strength < 1; strength += 0.05) {
            RgbImage one = kind.apply(image, strength, 3);
            RgbImage other = kind.apply(image, strength + 1e-7, 3);
            assertThat(SyntheticImages.error(one, other))
                    .as("at %s", strength)
                    .isLessThan(0.05 * SyntheticImages.error(image, one) + 0.01);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSizeIsKeptAndTheImageLeftAlone(DistortionKind kind) {
        for (int[] size : SIZES) {
            for (double strength : new double[] {1e-9, 0.2, 1}) {
                RgbImage image = SyntheticImages.texture(size[0], size[1], 2);
                byte[] before = image.samples().clone();
                RgbImage result = kind.apply(image, strength, 11);
                assertThat(result.width()).isEqualTo(size[0]);
                assertThat(result.height()).isEqualTo(size[1]);
                assertThat(image.samples()).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameArgumentsGiveTheSameBytesInEveryThread(DistortionKind kind) {
        RgbImage image = SyntheticImages.texture(70, 50, 3);
        byte[] expected = kind.apply(image, 0.7, 21).samples();
        List<byte[]> results = IntStream.range(0, 32)
                .parallel()
                .mapToObj(i -> kind.apply(image, 0.7, 21).samples())
                .toList();
        assertThat(results).allSatisfy(result -> assertThat(result).isEqualTo(expected));
    }

    @ParameterizedTest
    @EnumSource
    void theSeedMattersWhereSomethingIsDrawn(DistortionKind kind) {
        RgbImage image = SyntheticImages.texture(96, 96, 3);
        byte[] one = kind.apply(image, 0.7, 1).samples();
        byte[] other = kind.apply(image, 0.7, 2).samples();
        if (RANDOM.contains(kind)) {
            assertThat(other).isNotEqualTo(one);
        } else {
            assertThat(other).isEqualTo(one);
        }
    }

    @ParameterizedTest
    @EnumSource
    void constantImagesAreNoTrouble(DistortionKind kind) {
        for (RgbImage image : List.of(
                SyntheticImages.gray(40, 30, 0),
                SyntheticImages.gray(40, 30, 255),
                SyntheticImages.constant(40, 30, 200, 90, 17))) {
            for (double strength : new double[] {0.2, 1}) {
                RgbImage result = kind.apply(image, strength, 5);
                assertThat(result.samples()).hasSameSizeAs(image.samples());
                if (OF_DETAIL.contains(kind)) {
                    assertThat(result.samples()).isEqualTo(image.samples());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.0001, Double.NaN, Double.POSITIVE_INFINITY})
    void aStrengthOutOfRangeIsRefused(double strength) {
        RgbImage image = SyntheticImages.gray(4, 4, 9);
        assertThatThrownBy(() -> DistortionKind.JPEG.apply(image, strength, 1))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the strength of a distortion is " + strength + "; it must be above 0 and at most 1");
    }

    private static void requireGrowth(RgbImage image, DistortionKind kind, long seed, String name) {
        double last = 0;
        for (int step = 1; step <= 5; step++) {
            double error = SyntheticImages.error(image, kind.apply(image, step / 5.0, seed));
            assertThat(error).as("%s, %s, step %d", name, kind, step).isGreaterThan(last);
            last = error;
        }
    }

    private static boolean codec(DistortionKind kind) {
        return kind == DistortionKind.JPEG || kind == DistortionKind.JPEG_TWICE;
    }

    /** JPEG keeps colors at half the resolution at any quality: its error with tables of ones, and some. */
    private static double halfColors(RgbImage image) {
        return 1 + 2 * SyntheticImages.error(image, JpegCodec.pass(image, 1e-3));
    }

    private static List<Path> everyThirtieth(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> images = files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
            return IntStream.iterate(0, i -> i < images.size(), i -> i + 30)
                    .mapToObj(images::get)
                    .toList();
        }
    }
}
