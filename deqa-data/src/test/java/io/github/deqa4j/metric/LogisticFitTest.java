package io.github.deqa4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogisticFitTest {
    private static final double[] X =
            IntStream.range(0, 60).mapToDouble(i -> 1 + i / 15.0).toArray();

    @Test
    void theFourParametersOfACurveAreFound() {
        found(new LogisticFit(LogisticCurve.LOGISTIC4, List.of(4.6, 1.3, 2.9, 0.4)), 1e-7);
    }

    @Test
    void theFiveParametersOfACurveAreFound() {
        found(new LogisticFit(LogisticCurve.LOGISTIC5, List.of(1.5, 2.0, 2.9, 0.3, 2.1)), 1e-6);
    }

    @Test
    void theCurveOfFourParametersIsTheFormula() {
        LogisticFit fit = new LogisticFit(LogisticCurve.LOGISTIC4, List.of(4.5, 1.5, 3.0, 0.5));

        assertThat(fit.value(3)).isCloseTo(3, within(1e-15));
        assertThat(fit.value(3.5)).isCloseTo(3 / (1 + Math.exp(-1)) + 1.5, within(1e-15));
        assertThat(fit.value(1e6)).isEqualTo(4.5);
        assertThat(fit.value(-1e6)).isEqualTo(1.5);
    }

    @Test
    void theFitStartsWhereTheAuthorsDoes() {
        assertThat(LogisticCurve.LOGISTIC4.start(new double[] {1, 2, 3, 2}, new double[] {2, 5, 3, 4}))
                .containsExactly(5, 2, 2, Math.sqrt(0.5) / 4);
    }

    @Test
    void gradientsAreTheSlopesOfTheValues() {
        double step = 1e-6;
        for (LogisticCurve curve : LogisticCurve.values()) {
            double[] parameters = {3.1, 0.8, 2.7, 0.6, 1.9};
            double[] point = Arrays.copyOf(parameters, curve.parameters());
            double[] gradient = new double[point.length];
            curve.value(point, 3.3, gradient);
            for (int j = 0; j < point.length; j++) {
                double[] up = point.clone();
                double[] down = point.clone();
                up[j] += step;
                down[j] -= step;
                double[] unused = new double[point.length];
                double slope = (curve.value(up, 3.3, unused) - curve.value(down, 3.3, unused)) / (2 * step);
                assertThat(gradient[j]).as("%s, %d", curve, j).isCloseTo(slope, within(1e-8));
            }
        }
    }

    @Test
    void fewerPicturesThanParametersCannotBeFitted() {
        assertThatThrownBy(
                        () -> LogisticFit.of(LogisticCurve.LOGISTIC5, new double[] {1, 2, 3}, new double[] {1, 2, 3}))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "a curve of 5 parameters cannot be fitted to 3 pictures; evaluate without a fit (--fit none)");
    }

    private static void found(LogisticFit truth, double tolerance) {
        double[] y = Arrays.stream(X).map(truth::value).toArray();
        LogisticFit fit = LogisticFit.of(truth.curve(), X, y);

        for (double x : X) {
            assertThat(fit.value(x)).isCloseTo(truth.value(x), within(tolerance));
        }
    }
}
