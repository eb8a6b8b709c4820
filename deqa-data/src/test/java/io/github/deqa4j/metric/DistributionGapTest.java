package io.github.deqa4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DistributionGapTest {
    private static final double TOLERANCE = 1e-7; // the formulas' small constants

    @Test
    void equalDistributionsHaveNoGap() {
        DistributionGap gap = DistributionGap.of(3, 0.7, 3, 0.7);

        assertThat(gap.kl()).isCloseTo(0, within(TOLERANCE));
        assertThat(gap.js()).isCloseTo(0, within(TOLERANCE));
        assertThat(gap.wasserstein()).isZero();
    }

    @Test
    void gapsOfTwoGaussiansAreThoseOfTheTextbook() {
        DistributionGap gap = DistributionGap.of(3, 1, 4, 0.5); // middle: 3.5 and variance 0.625

        assertThat(gap.kl()).isCloseTo(Math.log(2) + 1.25 / 2 - 0.5, within(TOLERANCE));
        assertThat(gap.js())
                .isCloseTo(
                        (Math.log(Math.sqrt(0.625) / 0.5)
                                        + 0.5 / 1.25
                                        - 0.5
                                        + Math.log(Math.sqrt(0.625))
                                        + 1.25 / 1.25
                                        - 0.5)
                                / 2,
                        within(TOLERANCE));
        assertThat(gap.wasserstein()).isCloseTo(Math.sqrt(1.25), within(TOLERANCE));
    }

    @Test
    void aTrueStdOfZeroStaysFinite() {
        assertThat(DistributionGap.of(3, 0.7, 3, 0).kl()).isCloseTo(Math.log(0.7 / 1e-8) - 0.5, within(TOLERANCE));
    }

    @Test
    void aPredictedStdOfZeroStaysFiniteByTheSameConstant() {
        DistributionGap gap = DistributionGap.of(3.5, 0, 3, 0.7);

        assertThat(gap.kl()).isCloseTo(Math.log(1e-8 / 0.7) + (0.49 + 0.25) / 1e-8 - 0.5, within(1.0));
        assertThat(gap.js()).isPositive().isLessThan(10);
        assertThat(gap.wasserstein()).isEqualTo(Math.hypot(0.5, 0.7));
    }
}
