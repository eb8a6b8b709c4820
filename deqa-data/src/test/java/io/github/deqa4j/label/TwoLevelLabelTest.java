package io.github.deqa4j.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.dataset.LevelValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoLevelLabelTest {
    private static final double BORDER = 1e-8;

    @ParameterizedTest
    @CsvSource({"1, 1", "1.5, 1", "2, 1", "2.00000001, 1", "2.0001, 2", "3.7, 3", "4, 3", "4.5, 4", "5, 4"})
    void theReleaseTakesTheFirstCellThatReachesTheMean(double mean, int lower) {
        LevelValues p = TwoLevelLabel.released(mean);
        assertThat(p.toArray()[5 - lower]).isEqualTo((lower + 1 + BORDER - mean) / (1 + 2 * BORDER));
        assertThat(p.toArray()[4 - lower]).isEqualTo((mean - lower + BORDER) / (1 + 2 * BORDER));
        assertThat(p.mass()).isCloseTo(1, within(1e-15));
        assertThat(p.mean()).isCloseTo(mean, within(2 * BORDER));
    }

    @Test
    void theNarrowestLabelIsExact() {
        assertThat(TwoLevelLabel.narrowest(3)).isEqualTo(LevelValues.of(0, 0, 1, 0, 0));
        assertThat(TwoLevelLabel.narrowest(5)).isEqualTo(LevelValues.of(1, 0, 0, 0, 0));
        assertThat(TwoLevelLabel.narrowest(1.25)).isEqualTo(LevelValues.of(0, 0, 0, 0.25, 0.75));
    }

    @Test
    void theWidestLabelIsExact() {
        assertThat(TwoLevelLabel.widest(3)).isEqualTo(LevelValues.of(0.5, 0, 0, 0, 0.5));
    }
}
