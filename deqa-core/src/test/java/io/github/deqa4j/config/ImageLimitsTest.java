package io.github.deqa4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageLimitsTest {
    @Test
    void aSquareOfTheLeastSideMayBeAllThatFits() {
        assertThat(new ImageLimits(1024, 32).leastSide()).isEqualTo(32);
    }

    @ParameterizedTest
    @CsvSource({"1023, 32", "250000, 0", "-1, 1", "67108865, 32"})
    void impossibleNumbersAreRefused(int area, int side) {
        assertThatThrownBy(() -> new ImageLimits(area, side))
                .isExactlyInstanceOf(DeqaException.class)
                .hasMessage("images with at least " + side + " pixels along a side and at most " + area
                        + " in all; they must satisfy 1 ≤ side, side² ≤ area ≤ 67108864");
    }
}
