package io.github.deqa4j.train.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private static final RgbImage IMAGE = SyntheticImages.texture(120, 88, 9);
    private static final int TABLE_MARKER = 0xDB;

    @Test
    void theJpegFileIsOneThatImageIoReads() throws IOException {
        byte[] file = JpegCodec.encode(IMAGE, 2);
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(decoded.getWidth()).isEqualTo(120);
        assertThat(decoded.getHeight()).isEqualTo(88);
        RgbImage passed = JpegCodec.pass(IMAGE, 2);
        for (int i = 0; i < 120 * 88; i++) {
            int rgb = decoded.getRGB(i % 120, i / 120);
            for (int c = 0; c < RgbImage.CHANNELS; c++) {
                assertThat(passed.sample(i % 120, i / 120, c)).isCloseTo(rgb >> (16 - 8 * c) & 0xFF, within(2));
            }
        }
    }

    @Test
    void theJpegIsOfTheImageAndNotOfItsColorsInAnotherOrder() {
        RgbImage orange = SyntheticImages.constant(32, 32, 240, 130, 20);
        assertThat(SyntheticImages.error(orange, JpegCodec.pass(orange, 0.1))).isLessThan(4);
    }

    @Test
    void theFactorIsThatOfTheStandardsTables() {
        assertThat(firstTable(JpegCodec.encode(IMAGE, 1))).startsWith(16, 11, 12, 14, 12, 10, 16, 14); // zigzag
        assertThat(firstTable(JpegCodec.encode(IMAGE, 0.5))).startsWith(8, 6, 6, 7, 6, 5, 8, 7);
        assertThat(firstTable(JpegCodec.encode(IMAGE, 8))).startsWith(128, 88, 96, 112, 96, 80, 128, 112);
    }

    @Test
    void theKindIsTheCodecAtItsFactor() {
        assertThat(DistortionKind.JPEG.apply(IMAGE, 1, 3).samples())
                .isEqualTo(JpegCodec.pass(IMAGE, 8).samples());
    }

    @Test
    void twiceHasASecondGridThatIsOff() {
        double[] steps = new double[8];
        RgbImage twice = DistortionKind.JPEG_TWICE.apply(IMAGE, 1, 3);
        for (int y = 0; y < 88; y++) {
            for (int x = 1; x < 120; x++) {
                steps[x % 8] += Math.abs(twice.sample(x, y, 1) - twice.sample(x - 1, y, 1));
            }
        }
        SplittableRandom random = new SplittableRandom(3);
        int off = 8 - (1 + random.nextInt(7));
        double within = (steps[(off + 2) % 8] + steps[(off + 6) % 8]) / 2;
        assertThat(steps[off]).isGreaterThan(1.3 * within);
    }

    @Test
    void theWaveletTransformComesBackFromAnySize() {
        Random random = new Random(3);
        for (int[] size : new int[][] {{1, 1}, {1, 9}, {7, 1}, {2, 2}, {3, 5}, {32, 32}, {37, 61}}) {
            float[][] plane = noise(size[0], size[1], random);
            float[][] copy = copy(plane);
            CdfWavelet wavelet = new CdfWavelet(size[1], size[0], 5);
            wavelet.forward(plane);
            wavelet.inverse(plane);
            for (int i = 0; i < size[0] * size[1]; i++) {
                assertThat(plane[i / size[1]][i % size[1]]).isEqualTo(copy[i / size[1]][i % size[1]], within(1e-3f));
            }
        }
    }

    @Test
    void theWaveletTransformKeepsEnergyAndKnowsConstants() {
        float[][] plane = noise(128, 128, new Random(5));
        double before = energy(plane);
        new CdfWavelet(128, 128, 5).forward(plane);
        assertThat(energy(plane) / before).isBetween(0.9, 1.1);

        float[][] constant = new float[64][64];
        for (float[] row : constant) {
            Arrays.fill(row, 10);
        }
        new CdfWavelet(64, 64, 5).forward(constant);
        for (int i = 0; i < 64 * 64; i++) {
            boolean low = i / 64 % 32 == 0 && i % 64 % 32 == 0;
            assertThat(constant[i / 64][i % 64]).isEqualTo(low ? 320f : 0f, within(0.01f)); // √2 per axis and level
        }
    }

    @Test
    void coefficientsBelowTheStepAreGone() {
        RgbImage grain = DistortionKind.WHITE_NOISE.apply(SyntheticImages.gray(64, 64, 128), 0.1, 1);
        RgbImage smooth = DistortionKind.WAVELET.apply(grain, 0.4, 1);
        assertThat(SyntheticImages.changed(SyntheticImages.gray(64, 64, smooth.sample(0, 0, 0)), smooth))
                .isLessThan(0.05);
    }

    @Test
    void aCoefficientGoesToTheMiddleOfItsInterval() {
        RgbImage result = DistortionKind.WAVELET.apply(SyntheticImages.gray(64, 64, 97), 1, 1);
        assertThat(result.sample(20, 20, 1))
                .isEqualTo(95); // 32 × 97 lies between 23 and 24 steps of 130; 23.5 × 130 / 32 = 95.47
    }

    @Test
    void colorsAreQuantizedMoreCoarsely() {
        RgbImage result = DistortionKind.WAVELET.apply(SyntheticImages.constant(64, 64, 120, 120, 130), 1, 1);
        assertThat(result.sample(20, 20, 2)).isEqualTo(result.sample(20, 20, 0)); // 32 × Cb is 160, below 1.5 × 130
    }

    /** The numbers of the first quantization table in a file, in zigzag order. */
    private static int[] firstTable(byte[] file) {
        int at = 0;
        while ((file[at] & 0xFF) != 0xFF || (file[at + 1] & 0xFF) != TABLE_MARKER) {
            at++;
        }
        int[] table = new int[64];
        for (int i = 0; i < table.length; i++) {
            table[i] = file[at + 5 + i] & 0xFF;
        }
        return table;
    }

    private static float[][] noise(int height, int width, Random random) {
        float[][] plane = new float[height][width];
        for (float[] row : plane) {
            for (int x = 0; x < width; x++) {
                row[x] = 255 * random.nextFloat();
            }
        }
        return plane;
    }

    private static float[][] copy(float[][] plane) {
        float[][] copy = new float[plane.length][];
        for (int y = 0; y < plane.length; y++) {
            copy[y] = plane[y].clone();
        }
        return copy;
    }

    private static double energy(float[][] plane) {
        double sum = 0;
        for (float[] row : plane) {
            for (float value : row) {
                sum += value * value;
            }
        }
        return sum;
    }
}
