package io.github.deqa4j.train.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.image.RgbImage;
import org.junit.jupiter.api.Test;

/** The kinds that change brightness and colors, by their equations. */
class ToneTest {
    private static final RgbImage IMAGE = SyntheticImages.texture(64, 48, 5);

    @Test
    void exposureMultipliesLight() {
        RgbImage gray = SyntheticImages.gray(2, 2, 100);
        assertThat(light(DistortionKind.OVER_EXPOSURE.apply(gray, 0.2, 1)))
                .isEqualTo(Srgb.light(100) * Math.pow(2, 0.4), within(2e-3));
        assertThat(light(DistortionKind.UNDER_EXPOSURE.apply(gray, 1, 1)))
                .isEqualTo(Srgb.light(100) * Math.pow(2, -4.3), within(2e-4));
        assertThat(DistortionKind.OVER_EXPOSURE
                        .apply(SyntheticImages.gray(2, 2, 230), 0.4, 1)
                        .sample(0, 0, 0))
                .isEqualTo(255);
    }

    @Test
    void contrastIsMeasuredFromTheMean() {
        double mean = YCbCr.meanLuma(IMAGE);
        RgbImage less = DistortionKind.CONTRAST_DOWN.apply(IMAGE, 0.2, 1);
        RgbImage more = DistortionKind.CONTRAST_UP.apply(IMAGE, 0.2, 1);
        for (int i = 0; i < IMAGE.samples().length; i++) {
            double value = IMAGE.samples()[i] & 0xFF;
            assertThat((double) (less.samples()[i] & 0xFF)).isEqualTo(mean + 0.75 * (value - mean), within(0.51));
            double stretched = Math.max(0, Math.min(255, mean + 1.3 * (value - mean)));
            assertThat((double) (more.samples()[i] & 0xFF)).isEqualTo(stretched, within(0.51));
        }
    }

    @Test
    void meanBrightnessIsThatOfJfif() {
        assertThat(YCbCr.meanLuma(SyntheticImages.constant(3, 5, 255, 0, 0))).isEqualTo(0.299 * 255, within(1e-4));
        assertThat(YCbCr.meanLuma(SyntheticImages.gray(3, 5, 77))).isEqualTo(77, within(1e-4));
    }

    @Test
    void hazeIsAVeilThatThinsDownwards() {
        RgbImage gray = SyntheticImages.gray(3, 100, 50);
        RgbImage hazy = DistortionKind.HAZE.apply(gray, 1, 1);
        double previous = 1;
        for (int y = 0; y < 100; y++) {
            double transmission = Math.exp(-2 * (1 - 0.6 * (y + 0.5) / 100));
            double expected = Srgb.light(50) * transmission + 0.8 * (1 - transmission);
            double seen = Srgb.light(hazy.sample(1, y, 1));
            assertThat(seen).isEqualTo(expected, within(4e-3)).isLessThanOrEqualTo(previous);
            previous = seen;
        }
    }

    @Test
    void aVignetteFollowsTheFourthPowerOfTheCosine() {
        RgbImage shaded = DistortionKind.VIGNETTE.apply(SyntheticImages.gray(101, 51, 200), 0.2, 1);
        assertThat(shaded.sample(50, 25, 0)).isEqualTo(200);
        double corner = 0.3 * (50 * 50 + 25 * 25) / (50.5 * 50.5 + 25.5 * 25.5);
        assertThat((double) Srgb.light(shaded.sample(0, 0, 0)))
                .isEqualTo(Srgb.light(200) / Math.pow(1 + corner, 2), within(4e-3));
        assertThat(shaded.sample(100, 50, 0)).isEqualTo(shaded.sample(0, 0, 0));
        assertThat(shaded.sample(0, 25, 0)).isLessThan(shaded.sample(50, 0, 0));
    }

    @Test
    void withoutSaturationThereIsGrayOfTheSameBrightness() {
        RgbImage gray = DistortionKind.SATURATION_DOWN.apply(IMAGE, 1, 1);
        for (int i = 0; i < gray.samples().length; i += RgbImage.CHANNELS) {
            double luma =
                    YCbCr.luma(IMAGE.samples()[i] & 0xFF, IMAGE.samples()[i + 1] & 0xFF, IMAGE.samples()[i + 2] & 0xFF);
            for (int c = 0; c < RgbImage.CHANNELS; c++) {
                assertThat((double) (gray.samples()[i + c] & 0xFF)).isEqualTo(luma, within(0.51));
            }
        }
    }

    @Test
    void saturationKeepsBrightnessWhereNothingClips() {
        RgbImage vivid = DistortionKind.SATURATION_UP.apply(SyntheticImages.constant(1, 1, 120, 100, 90), 0.2, 1);
        double luma = YCbCr.luma(120, 100, 90);
        assertThat((double) vivid.sample(0, 0, 0)).isEqualTo(luma + 1.5 * (120 - luma), within(0.51));
        assertThat((double) vivid.sample(0, 0, 2)).isEqualTo(luma + 1.5 * (90 - luma), within(0.51));
    }

    @Test
    void aColorCastKeepsTheLuminanceOfGray() {
        RgbImage gray = SyntheticImages.gray(1, 1, 128);
        for (int seed = 0; seed < 50; seed++) {
            RgbImage cast = DistortionKind.COLOR_CAST.apply(gray, 0.6, seed);
            double luminance = 0.2126 * Srgb.light(cast.sample(0, 0, 0))
                    + 0.7152 * Srgb.light(cast.sample(0, 0, 1))
                    + 0.0722 * Srgb.light(cast.sample(0, 0, 2));
            assertThat(luminance).isEqualTo(Srgb.light(128), within(2e-3));
            assertThat(SyntheticImages.error(gray, cast)).isGreaterThan(60);
        }
    }

    @Test
    void bandingLeavesMultiplesOfAStepFromBothEnds() {
        RgbImage banded = DistortionKind.BANDING.apply(IMAGE, 0.2, 1);
        for (int i = 0; i < banded.samples().length; i++) {
            int value = banded.samples()[i] & 0xFF;
            assertThat(value == 128 || Math.min(value, 255 - value) % 12 == 0)
                    .as("%d", value)
                    .isTrue();
            assertThat(Math.abs(value - (IMAGE.samples()[i] & 0xFF))).isLessThanOrEqualTo(6);
        }
        assertThat(DistortionKind.BANDING
                        .apply(SyntheticImages.gray(1, 1, 255), 1, 1)
                        .sample(0, 0, 0))
                .isEqualTo(255);
    }

    private static double light(RgbImage image) {
        return Srgb.light(image.sample(0, 0, 1));
    }
}
