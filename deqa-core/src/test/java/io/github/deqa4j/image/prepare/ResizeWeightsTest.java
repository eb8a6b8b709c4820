package io.github.deqa4j.image.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeWeightsTest {
    private static final int ONE = 1 << ResizeWeights.FRACTION_BITS;

    @ParameterizedTest
    @CsvSource({"1,1", "7,7", "3,9", "100,100", "99,1000"})
    void theWeightsOfImageAndPaddingMakeOne(int length, int padded) {
        ResizeWeights weights = ResizeWeights.of(length, padded, 56, 0, 56);
        for (int i = 0; i < 56; i++) {
            assertThat(weights.totalWeight(i)).isCloseTo(ONE, within(padded));
            assertThat(weights.start(i) + weights.weights(i).length).isLessThanOrEqualTo(length);
        }
    }

    @Test
    void theSameSizeTakesEachSampleOnce() {
        ResizeWeights weights = ResizeWeights.of(5, 5, 5, 0, 5);
        assertThat(weights.weights(0)).containsExactly(ONE, 0, 0);
        assertThat(weights.start(2)).isEqualTo(1);
        assertThat(weights.weights(2)).containsExactly(0, ONE, 0, 0);
    }

    @Test
    void halvingUsesKeysKernelAtHalfSteps() {
        ResizeWeights weights = ResizeWeights.of(16, 16, 8, 4, 1);
        assertThat(weights.start(0)).isEqualTo(5);
        double[] kernel = {-0.00732421875, -0.03515625, 0.11376953125, 0.43359375
        }; // (a = −½) at 7/4, 5/4, 3/4, 1/4, halved
        int[] found = weights.weights(0);
        assertThat(found).hasSize(8);
        for (int i = 0; i < 4; i++) {
            assertThat(found[i]).isEqualTo(found[7 - i]).isCloseTo((int) Math.round(kernel[i] * ONE), within(40_000));
        }
    }

    @Test
    void paddingAroundAImageIsASumOnly() {
        ResizeWeights weights = ResizeWeights.of(2, 10, 10, 0, 10);
        assertThat(weights.weights(0)).isEmpty();
        assertThat(weights.paddingWeight(0)).isEqualTo(ONE);
        assertThat(weights.start(4)).isZero();
        assertThat(weights.weights(4)).containsExactly(ONE, 0);
        assertThat(weights.paddingWeight(4)).isZero();
    }
}
