package io.github.deqa4j.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.train.checkpoint.TrainState.BestEvaluation;
import org.junit.jupiter.api.Test;

class TrainStateTest {
    @Test
    void aBetterValueCountsAnewAndAnEqualOneDoesNot() {
        BestEvaluation first = BestEvaluation.NONE.after(10, -0.5);
        assertThat(first).isEqualTo(new BestEvaluation(10, -0.5, 0, 10));
        assertThat(first.after(20, -0.5)).isEqualTo(new BestEvaluation(10, -0.5, 1, 20));
        assertThat(first.after(20, -0.5).after(30, 0.1)).isEqualTo(new BestEvaluation(30, 0.1, 0, 30));
    }

    @Test
    void whatIsNotANumberIsNeverBetter() {
        assertThat(BestEvaluation.NONE.after(10, Double.NaN)).isEqualTo(new BestEvaluation(0, 0, 1, 10));
    }
}
