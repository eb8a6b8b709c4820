package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrincipalAxesTest {
    /** Four points of a rhombus: 2·(3, 4) apart along one axis, 2·(.8, −.6) along the other, and at 7 along a third. */
    private static final List<double[]> RHOMBUS = List.of(
            new double[] {4, 6, 7}, new double[] {-2, -2, 7}, new double[] {1.8, 1.4, 7}, new double[] {0.2, 2.6, 7});

    @Test
    void axesAreOrderedByTheirVariances() {
        PrincipalAxes axes = PrincipalAxes.of(RHOMBUS, 3);

        assertThat(axes.mean()).containsExactly(new double[] {1, 2, 7}, within(1e-6));
        assertThat(axes.axes()).hasNumberOfRows(2);
        assertThat(axes.axes()[0]).containsExactly(new double[] {0.6, 0.8, 0}, within(1e-6));
        assertThat(axes.axes()[1]).containsExactly(new double[] {0.8, -0.6, 0}, within(1e-6));
    }

    @Test
    void theResidualIsWhatTheAxesLeave() {
        PrincipalAxes axes = PrincipalAxes.of(RHOMBUS, 1);

        assertThat(axes.residual(new double[] {4, 6, 7})).isCloseTo(0, within(1e-6));
        assertThat(axes.residual(new double[] {4 + 2 * 0.8, 6 - 2 * 0.6, 7 + 1.5}))
                .isCloseTo(2.5, within(1e-6));
    }

    @Test
    void axesOfManyVectorsAreOrthonormal() {
        SplittableRandom random = new SplittableRandom(1);
        List<double[]> vectors = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double[] vector = new double[30];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = random.nextGaussian() * (j + 1);
            }
            vectors.add(vector);
        }

        PrincipalAxes axes = PrincipalAxes.of(vectors, 64);

        assertThat(axes.axes()).hasNumberOfRows(11); // one less than there are vectors, because the mean is taken off
        for (int a = 0; a < 11; a++) {
            for (int b = 0; b < 11; b++) {
                double product = 0;
                for (int i = 0; i < 30; i++) {
                    product += axes.axes()[a][i] * axes.axes()[b][i];
                }
                assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-9));
            }
        }
        assertThat(vectors)
                .allSatisfy(vector -> assertThat(axes.residual(vector)).isCloseTo(0, within(1e-6)));
    }
}
