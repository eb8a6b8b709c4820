package io.github.deqa4j.train.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.image.RgbImage;
import org.junit.jupiter.api.Test;

class NoiseTest {
    private static final int SIDE = 256;

    @Test
    void whiteNoiseHasItsStandardDeviationInEachColor() {
        RgbImage noisy = DistortionKind.WHITE_NOISE.apply(SyntheticImages.gray(SIDE, SIDE, 128), 0.2, 1);
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            assertThat(mean(noisy, c)).isEqualTo(128, within(0.2));
            assertThat(deviation(noisy, c)).isEqualTo(6, within(0.1));
        }
        assertThat(covariance(noisy, 0, 1)).isEqualTo(0, within(0.5));
    }

    @Test
    void speckleGrowsWithTheSignal() {
        RgbImage noisy = DistortionKind.SPECKLE_NOISE.apply(SyntheticImages.constant(SIDE, SIDE, 40, 80, 160), 0.2, 1);
        assertThat(deviation(noisy, 0)).isEqualTo(0.06 * 40, within(0.1));
        assertThat(deviation(noisy, 1)).isEqualTo(0.06 * 80, within(0.15));
        assertThat(deviation(noisy, 2)).isEqualTo(0.06 * 160, within(0.3));
    }

    @Test
    void impulsesHitTheirPartAndStayWhereTheyAre() {
        RgbImage gray = SyntheticImages.gray(SIDE, SIDE, 100);
        RgbImage light = DistortionKind.IMPULSE_NOISE.apply(gray, 0.2, 1);
        RgbImage strong = DistortionKind.IMPULSE_NOISE.apply(gray, 1, 1);
        int black = 0;
        int white = 0;
        for (int i = 0; i < gray.samples().length; i++) {
            int value = strong.samples()[i] & 0xFF;
            black += value == 0 ? 1 : 0;
            white += value == 255 ? 1 : 0;
            if (light.samples()[i] != 100) {
                assertThat(strong.samples()[i]).isEqualTo(light.samples()[i]);
            }
        }
        double samples = gray.samples().length;
        assertThat(black / samples).isEqualTo(0.06, within(0.003));
        assertThat(white / samples).isEqualTo(0.06, within(0.003));
    }

    @Test
    void colorNoiseLeavesBrightnessAlone() {
        RgbImage noisy = DistortionKind.COLOR_NOISE.apply(SyntheticImages.gray(SIDE, SIDE, 128), 0.2, 1);
        double worst = 0;
        double energy = 0;
        double neighbors = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double luma = YCbCr.luma(noisy.sample(x, y, 0), noisy.sample(x, y, 1), noisy.sample(x, y, 2));
                worst = Math.max(worst, Math.abs(luma - 128));
                energy += Math.pow(blueDifference(noisy, x, y), 2);
                neighbors += x > 0 ? blueDifference(noisy, x, y) * blueDifference(noisy, x - 1, y) : 0;
            }
        }
        assertThat(worst).isLessThan(0.51);
        assertThat(Math.sqrt(energy / (SIDE * SIDE))).isEqualTo(5, within(0.15));
        assertThat(neighbors / energy).isEqualTo(Math.exp(-1 / (4 * 1.2 * 1.2)), within(0.03));
    }

    private static double blueDifference(RgbImage image, int x, int y) {
        return (image.sample(x, y, 2) - 128) / YCbCr.BLUE_OF_CB;
    }

    private static double mean(RgbImage image, int channel) {
        double sum = 0;
        for (int i = channel; i < image.samples().length; i += RgbImage.CHANNELS) {
            sum += image.samples()[i] & 0xFF;
        }
        return sum / (SIDE * SIDE);
    }

    private static double deviation(RgbImage image, int channel) {
        return Math.sqrt(covariance(image, channel, channel));
    }

    private static double covariance(RgbImage image, int a, int b) {
        double meanA = mean(image, a);
        double meanB = mean(image, b);
        double sum = 0;
        for (int i = 0; i < image.samples().length; i += RgbImage.CHANNELS) {
            sum += ((image.samples()[i + a] & 0xFF) - meanA) * ((image.samples()[i + b] & 0xFF) - meanB);
        }
        return sum / (SIDE * SIDE);
    }
}
