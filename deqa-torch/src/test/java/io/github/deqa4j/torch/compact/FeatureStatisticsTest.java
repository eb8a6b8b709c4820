package io.github.deqa4j.torch.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mean and spread in windows, against the same computed with loops in double precision. */
class FeatureStatisticsTest {
    private final SplittableRandom random = new SplittableRandom(11);

    @BeforeEach
    void start() {
        Engine.start();
    }

    @Test
    void windowsOfAnyShapeAreThoseOfTheLoops() {
        for (int i = 0; i < 200; i++) {
            int height = 1 + random.nextInt(20);
            int width = 1 + random.nextInt(20);
            int step = 1 + random.nextInt(4);
            compare(
                    random(2 * height * width, 5, 1),
                    height,
                    width,
                    Math.min(height, step * (1 + random.nextInt(4))),
                    Math.min(width, step * (1 + random.nextInt(4))),
                    step);
        }
    }

    /** Without a guard, rounding makes some of these variances negative and their roots no numbers. */
    @Test
    void aWindowWithoutSpreadHasNoneHoweverLargeItsMean() {
        float[] plains = random(8 * 8, 1e6, 1e5);
        float[] values = new float[8 * 50 * 8 * 50];
        for (int i = 0; i < values.length; i++) {
            values[i] = plains[i / 400 / 50 * 8 + i % 400 / 50];
        }
        float[] found = statistics(values, 400, 400, 50, 50, 50); // each a plain

        assertThat(found).hasSize(2 * 64);
        for (int i = 0; i < plains.length; i++) {
            assertThat(found[2 * i]).isEqualTo(plains[i]);
            assertThat((double) found[2 * i + 1]).isBetween(0.9e-3, 1.0);
        }
    }

    @Test
    void aLargeMeanTakesNoDigitsFromTheSpread() {
        compare(random(30 * 30, 1000, 0.01), 30, 30, 8, 8, 1);
    }

    private void compare(float[] values, int height, int width, int rows, int columns, int step) {
        int features = values.length / (height * width);
        float[] found = statistics(values, height, width, rows, columns, step);
        int at = 0;
        for (int top = 0; top - step + rows < height; top += step) {
            for (int left = 0; left - step + columns < width; left += step) {
                for (int c = 0; c < features; c++) {
                    double[] expected = loops(
                            values,
                            c * height * width,
                            width,
                            top,
                            Math.min(height, top + rows),
                            left,
                            Math.min(width, left + columns));
                    assertThat((double) found[at + c]).isCloseTo(expected[0], within(1e-6 * (1 + expected[0])));
                    assertThat((double) found[at + features + c]).isCloseTo(expected[1], within(1e-5 * expected[1]));
                }
                at += 2 * features;
            }
        }
        assertThat(found).hasSize(at);
    }

    private static float[] statistics(float[] values, int height, int width, int rows, int columns, int step) {
        try (NativeScope scope = NativeScope.inference()) {
            Tensor x = Tensors.of(values, 1, values.length / (height * width), height, width);
            return Tensors.toFloats(FeatureStatistics.meanAndSpread(x, rows, columns, step));
        }
    }

    private static double[] loops(float[] values, int plane, int width, int top, int bottom, int left, int right) {
        double sum = 0;
        double squares = 0;
        int area = (bottom - top) * (right - left);
        for (int pass = 0; pass < 2; pass++) {
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    double value = values[plane + y * width + x];
                    sum += pass == 0 ? value : 0;
                    squares += pass == 0 ? 0 : Math.pow(value - sum / area, 2);
                }
            }
        }
        return new double[] {sum / area, Math.sqrt(squares / area + 1e-6)};
    }

    private float[] random(int count, double mean, double bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (mean + random.nextDouble(-bound, bound));
        }
        return values;
    }
}
