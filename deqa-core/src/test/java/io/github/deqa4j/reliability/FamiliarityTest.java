package io.github.deqa4j.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FamiliarityTest {
    /** Axes along (.6, .8, 0, 0) and (−.8, .6, 0, 0); the third and fourth logarithm lie across them. */
    private static final Familiarity FAMILIARITY =
            new Familiarity(new float[] {1, 2, 3, 4}, new float[] {0.6f, 0.8f, 0, 0, -0.8f, 0.6f, 0, 0}, 2);

    @Test
    void theMeanAndAllAlongTheAxesIsFamiliar() {
        assertThat(unfamiliarity(1, 2, 3, 4)).isCloseTo(0, within(1e-5));
        assertThat(unfamiliarity(5, -1, 3, 4)).isCloseTo(0, within(1e-5));
    }

    /** 3 and 4 across the axes are 5. */
    @Test
    void acrossTheAxesTheDistanceIsComparedWithTheLimit() {
        assertThat(unfamiliarity(1, 2, 5, 4)).isCloseTo(1, within(1e-5));
        assertThat(unfamiliarity(7, -4, 3 - 3, 4 + 4)).isCloseTo(2.5, within(1e-5));
    }

    @Test
    void oneHundredthIsAddedBeforeTheLogarithm() {
        assertThat(Familiarity.logarithms(new float[] {0, 0.99f, 9.99f}))
                .containsExactly(new double[] {Math.log(0.01), 0, Math.log(10)}, within(1e-6));
    }

    /** Of an image whose statistics have these logarithms. */
    private static double unfamiliarity(double... logarithms) {
        float[] statistics = new float[logarithms.length];
        for (int i = 0; i < statistics.length; i++) {
            statistics[i] = (float) (Math.exp(logarithms[i]) - 0.01);
        }
        return FAMILIARITY.unfamiliarity(statistics);
    }
}
