package io.github.deqa4j.train.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StrengthScaleTest {
    @Test
    void differencesAreEqualAfterTheFirstStep() {
        StrengthScale scale = StrengthScale.ofDifferences(2, 10);
        assertThat(scale.at(0.1)).isEqualTo(1, within(1e-12));
        assertThat(scale.at(0.2)).isEqualTo(2, within(1e-12));
        assertThat(scale.at(0.4)).isEqualTo(4, within(1e-12));
        assertThat(scale.at(1)).isEqualTo(10, within(1e-12));
    }

    @Test
    void ratiosAreEqualAfterTheFirstStep() {
        StrengthScale scale = StrengthScale.ofRatios(1, 16);
        assertThat(scale.at(0.1)).isEqualTo(0.5, within(1e-12));
        assertThat(scale.at(0.2)).isEqualTo(1, within(1e-12));
        assertThat(scale.at(0.4)).isEqualTo(2, within(1e-12));
        assertThat(scale.at(0.8)).isEqualTo(8, within(1e-12));
        assertThat(scale.at(1)).isEqualTo(16, within(1e-12));
    }
}
