package io.github.deqa4j.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FamiliarityTest {
    /** Axes along (.6, .8, 0) and (−.8, .6, 0); the third statistic lies across them. */
    private static final Familiarity FAMILIARITY = new Familiarity(
            new float[] {1, 2, 3}, new float[] {0.6f, 0.8f, 0, -0.8f, 0.6f, 0}, new float[] {2, 0.5f}, 4, 3);

    @Test
    void theMeanIsTheMostFamiliar() {
        assertThat(FAMILIARITY.unfamiliarity(new float[] {1, 2, 3})).isZero();
    }

    /** (3, 4) is 5 long along the first axis: √((5/2)²/2)/3. */
    @Test
    void alongAnAxisTheDistanceIsInItsDeviations() {
        assertThat(FAMILIARITY.unfamiliarity(new float[] {4, 6, 3})).isCloseTo(Math.sqrt(3.125) / 3, within(1e-6));
        assertThat(FAMILIARITY.unfamiliarity(new float[] {1 - 4, 2 + 3, 3}))
                .isCloseTo(Math.sqrt(100 / 2.0) / 3, within(1e-6));
    }

    @Test
    void acrossTheAxesItIsInTypicalResiduals() {
        assertThat(FAMILIARITY.unfamiliarity(new float[] {1, 2, 15})).isCloseTo(3.0 / 3, within(1e-6));
    }

    /** √(((5/2)² + (10/.5)²)/2 + (8/4)²)/3. */
    @Test
    void allIsAddedInSquares() {
        float[] statistics = {1 + 3 - 8, 2 + 4 + 6, 3 - 8};

        assertThat(FAMILIARITY.unfamiliarity(statistics)).isCloseTo(Math.sqrt((6.25 + 400) / 2 + 4) / 3, within(1e-6));
    }
}
