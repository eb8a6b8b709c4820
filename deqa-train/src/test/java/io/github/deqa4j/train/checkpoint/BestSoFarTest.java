package io.github.deqa4j.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BestSoFarTest {
    @Test
    void aBetterValueCountsAnewAndAnEqualOneDoesNot() {
        BestSoFar first = BestSoFar.NONE.after(10, -0.5);
        assertThat(first).isEqualTo(new BestSoFar(10, -0.5, 0, 10));
        assertThat(first.after(20, -0.5)).isEqualTo(new BestSoFar(10, -0.5, 1, 20));
        assertThat(first.after(20, -0.5).after(30, 0.1)).isEqualTo(new BestSoFar(30, 0.1, 0, 30));
    }

    @Test
    void whatIsNotANumberIsNeverBetter() {
        assertThat(BestSoFar.NONE.after(10, Double.NaN)).isEqualTo(new BestSoFar(0, 0, 1, 10));
    }
}
