package io.github.deqa4j.train.distortion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowArithmeticTest {
    @Test
    void aShiftedRowGoesOnWithItsEnds() {
        for (int width = 1; width < 6; width++) {
            float[] row = new float[width];
            for (int x = 0; x < width; x++) {
                row[x] = x + 1;
            }
            for (int distance = -8; distance <= 8; distance++) {
                float[] result = new float[width];
                RowArithmetic.shift(row, distance, result);
                for (int x = 0; x < width; x++) {
                    assertThat(result[x]).isEqualTo(row[Math.max(0, Math.min(width - 1, x + distance))]);
                }
            }
        }
    }
}
