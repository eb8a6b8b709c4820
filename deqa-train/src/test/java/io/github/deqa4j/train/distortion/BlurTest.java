package io.github.deqa4j.train.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.image.RgbImage;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Filters, and the kinds that average light. */
class BlurTest {
    private static final int SIDE = 61;

    @Test
    void aGaussianFilterIsAGaussian() {
        double sigma = 1.7;
        float[][] response = new GaussianFilter(sigma).apply(impulse());
        for (int y = -4; y <= 4; y++) {
            for (int x = -4; x <= 4; x++) {
                double expected = Math.exp(-(x * x + y * y) / (2 * sigma * sigma)) / (2 * Math.PI * sigma * sigma);
                assertThat((double) response[SIDE / 2 + y][SIDE / 2 + x]).isEqualTo(expected, within(2e-4));
            }
        }
        assertThat(sum(response)).isEqualTo(1, within(1e-5));
    }

    @Test
    void aGaussianFilterSaysWhatItDoesToNoise() {
        GaussianFilter filter = new GaussianFilter(1.2);
        float[][] response = filter.apply(impulse());
        double energy = 0;
        for (float[] row : response) {
            for (float value : row) {
                energy += value * value;
            }
        }
        assertThat((double) filter.noiseGain()).isEqualTo(Math.sqrt(energy), within(1e-6));
    }

    @Test
    void aKernelWeighsWhatLiesAround() {
        Random random = new Random(6);
        for (int[] size : new int[][] {{1, 1}, {2, 3}, {9, 7}, {4, 12}}) {
            float[][] plane = new float[size[0]][size[1]];
            double[][] weights = new double[5][5];
            double total = 0;
            for (int i = 0; i < 25; i++) {
                weights[i / 5][i % 5] = random.nextInt(3);
                total += weights[i / 5][i % 5];
            }
            for (float[] row : plane) {
                for (int x = 0; x < row.length; x++) {
                    row[x] = random.nextFloat();
                }
            }
            float[][] result = new Kernel(weights).apply(plane);
            for (int y = 0; y < size[0]; y++) {
                for (int x = 0; x < size[1]; x++) {
                    double expected = 0;
                    for (int i = 0; i < 25; i++) {
                        int fromY = Math.max(0, Math.min(size[0] - 1, y + i / 5 - 2));
                        int fromX = Math.max(0, Math.min(size[1] - 1, x + i % 5 - 2));
                        expected += weights[i / 5][i % 5] / total * plane[fromY][fromX];
                    }
                    assertThat((double) result[y][x]).isEqualTo(expected, within(1e-6));
                }
            }
        }
    }

    @Test
    void aPointOutOfFocusIsADiskOfTheSameLight() {
        RgbImage blurred = apply(new SharpnessDistortions.LensBlur(), SyntheticImages.point(SIDE), 1);
        double middle = light(blurred, 0, 0);
        assertThat(light(blurred, 7, 0)).isEqualTo(middle);
        assertThat(light(blurred, 5, 5)).isEqualTo(middle);
        assertThat(light(blurred, 9, 0)).isZero();
        assertThat(light(blurred, 7, 7)).isZero();
        assertThat(total(blurred)).isEqualTo(1, within(0.05));
    }

    @Test
    void aPixelOnTheRimOfADiskCountsByWhatIsCovered() {
        RgbImage blurred =
                apply(new SharpnessDistortions.LensBlur(), SyntheticImages.point(SIDE), 0.2); // a radius of 1
        double whole = 1 + 4 * 0.5 + 4 * (1.5 - Math.sqrt(2));
        assertThat(light(blurred, 0, 0)).isEqualTo(1 / whole, within(2e-3));
        assertThat(light(blurred, 1, 0)).isEqualTo(0.5 / whole, within(2e-3));
        assertThat(light(blurred, 1, 1)).isEqualTo((1.5 - Math.sqrt(2)) / whole, within(2e-3));
    }

    @Test
    void aPointInMotionIsALineOfTheSameLight() {
        for (int seed = 0; seed < 20; seed++) {
            RgbImage blurred = DistortionKind.MOTION_BLUR.apply(SyntheticImages.point(SIDE), 1, seed);
            double angle = Math.PI * new SplittableRandom(seed).nextDouble();
            double along = 0;
            double across = 0;
            for (int y = -SIDE / 2; y <= SIDE / 2; y++) {
                for (int x = -SIDE / 2; x <= SIDE / 2; x++) {
                    along += light(blurred, x, y) * Math.pow(x * Math.cos(angle) + y * Math.sin(angle), 2);
                    across += light(blurred, x, y) * Math.pow(y * Math.cos(angle) - x * Math.sin(angle), 2);
                }
            }
            assertThat(total(blurred)).as("angle %s", angle).isEqualTo(1, within(0.05));
            assertThat(along).isEqualTo(26 * 26 / 12.0, within(3.0)); // the variance of a line of 26 pixels
            assertThat(across).isLessThan(0.4);
        }
    }

    @Test
    void whiteAndBlackMeetInTheLight() {
        byte[] samples = new byte[SIDE * SIDE * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i / RgbImage.CHANNELS % SIDE % 2 == 0 ? 255 : 0);
        }
        RgbImage stripes = new RgbImage(SIDE, SIDE, samples);
        assertThat(apply(new SharpnessDistortions.GaussianBlur(), stripes, 1).sample(SIDE / 2, SIDE / 2, 1))
                .isBetween(187, 189); // half the light
    }

    @Test
    void tooMuchSharpeningLeavesHalos() {
        byte[] samples = new byte[SIDE * SIDE * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i / RgbImage.CHANNELS % SIDE < SIDE / 2 ? 80 : 150);
        }
        RgbImage sharpened = apply(new SharpnessDistortions.OverSharpening(), new RgbImage(SIDE, SIDE, samples), 0.2);
        assertThat(sharpened.sample(SIDE / 2 - 1, 9, 0)).isLessThan(70);
        assertThat(sharpened.sample(SIDE / 2, 9, 0)).isGreaterThan(160);
        assertThat(sharpened.sample(5, 9, 0)).isEqualTo(80);
        assertThat(sharpened.sample(SIDE - 5, 9, 0)).isEqualTo(150);
    }

    private static RgbImage apply(Distortion distortion, RgbImage image, double strength) {
        return distortion.apply(image, strength, new SplittableRandom(1));
    }

    private static float[][] impulse() {
        float[][] plane = new float[SIDE][SIDE];
        plane[SIDE / 2][SIDE / 2] = 1;
        return plane;
    }

    private static double sum(float[][] plane) {
        double sum = 0;
        for (float[] row : plane) {
            for (float value : row) {
                sum += value;
            }
        }
        return sum;
    }

    /** The light of green, at a place given from the middle. */
    private static double light(RgbImage image, int x, int y) {
        return Srgb.light(image.sample(SIDE / 2 + x, SIDE / 2 + y, 1));
    }

    private static double total(RgbImage image) {
        double sum = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            sum += Srgb.light(image.sample(i % SIDE, i / SIDE, 1));
        }
        return sum;
    }
}
