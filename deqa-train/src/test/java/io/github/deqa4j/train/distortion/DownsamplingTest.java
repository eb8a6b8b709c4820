package io.github.deqa4j.train.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.image.RgbImage;
import org.junit.jupiter.api.Test;

/** The kinds that shrink and enlarge. */
class DownsamplingTest {
    @Test
    void straightSlopesSurviveBothWays() {
        float[][] plane = new float[90][60];
        for (int y = 0; y < 90; y++) {
            for (int x = 0; x < 60; x++) {
                plane[y][x] = 3 * x + 2 * y;
            }
        }
        double factor = 2.7;
        float[][] small = CubicAxis.shrink(90, factor)
                .columns(CubicAxis.shrink(60, factor).rows(plane));
        assertThat(small).hasNumberOfRows(34);
        assertThat(small[0]).hasSize(23);
        assertThat(small[10][8])
                .isEqualTo((float) (3 * (8.5 * factor - 0.5) + 2 * (10.5 * factor - 0.5)), within(0.2f));
        float[][] large = CubicAxis.enlarge(90, factor)
                .columns(CubicAxis.enlarge(60, factor).rows(small));
        assertThat(large).hasDimensions(90, 60);
        for (int y = 15; y < 75; y++) {
            for (int x = 15; x < 45; x++) {
                assertThat(large[y][x]).isEqualTo(plane[y][x], within(0.5f));
            }
        }
    }

    @Test
    void aFactorOfOneChangesNothing() {
        float[][] plane = {{1, 5, 2}, {7, 3, 9}};
        assertThat(CubicAxis.shrink(3, 1).rows(plane)).isDeepEqualTo(plane);
        assertThat(CubicAxis.enlarge(2, 1).columns(plane)).isDeepEqualTo(plane);
    }

    @Test
    void fineDetailIsLostAndCoarseKept() {
        byte[] samples = new byte[96 * 96 * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            int x = i / RgbImage.CHANNELS % 96;
            samples[i] = (byte) ((x % 2 == 0 ? 20 : -20) + (x < 48 ? 60 : 180));
        }
        RgbImage result = DistortionKind.RESAMPLING.apply(new RgbImage(96, 96, samples), 0.8, 1);
        assertThat(result.sample(20, 40, 0)).isBetween(58, 62);
        assertThat(result.sample(21, 40, 0)).isBetween(58, 62);
        assertThat(result.sample(80, 40, 0)).isBetween(178, 182);
    }

    @Test
    void pixelationMakesSquaresOfTheColorInTheirMiddle() {
        RgbImage image = SyntheticImages.texture(60, 60, 2);
        RgbImage result = DistortionKind.PIXELATION.apply(image, 1, 1); // by a factor of 6
        for (int i = 0; i < 3600; i++) {
            int x = i % 60;
            int y = i / 60;
            assertThat(color(result, x, y)).isEqualTo(color(image, x / 6 * 6 + 3, y / 6 * 6 + 3));
        }
    }

    private static int color(RgbImage image, int x, int y) {
        return image.sample(x, y, 0) << 16 | image.sample(x, y, 1) << 8 | image.sample(x, y, 2);
    }
}
