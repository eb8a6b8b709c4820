package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RidgeRegressionTest {
    private static final List<double[]> VECTORS =
            List.of(new double[] {0, 1}, new double[] {1, 0}, new double[] {2, 1}, new double[] {3, 4});

    /** 2 x + 3 y + 1, and 5. */
    private static final List<double[]> TARGETS =
            List.of(new double[] {4, 5}, new double[] {3, 5}, new double[] {8, 5}, new double[] {19, 5});

    @Test
    void aLinearFunctionIsFound() {
        RidgeRegression regression = RidgeRegression.of(VECTORS, TARGETS, 1e-9);

        assertThat(regression.weights()).containsExactly(new double[] {2, 3, 0, 0}, within(1e-6));
        assertThat(regression.biases()).containsExactly(new double[] {1, 5}, within(1e-6));
        assertThat(regression.at(new double[] {10, 20})).containsExactly(new double[] {81, 5}, within(1e-5));
    }

    /** One dimension: x has the variance 1, so that Σx² is 2 of two, and the mean squared distance 1. */
    @Test
    void thePenaltyMakesWeightsSmaller() {
        RidgeRegression regression = RidgeRegression.of(
                List.of(new double[] {-1}, new double[] {1}), List.of(new double[] {-3}, new double[] {3}), 1);

        assertThat(regression.weights()).containsExactly(new double[] {2}, within(1e-9)); // 6 / (2 + 1)
        assertThat(regression.biases()).containsExactly(new double[] {0}, within(1e-9));
    }
}
