package io.github.deqa4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** What SciPy 1.17 reaches from the authors' starts, and from twelve others where those do not converge or end higher. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "logistic5 | neither start converges | 0.6953763570494969"
                        + " | 3.5 4.79 1.65 3.19 2.83 2.74 4.52 4.93 4.21 2.71 4.86 2.99"
                        + " | 3.84 4.61 1 3.43 3.49 2.62 4.74 4.28 4.97 2.48 5 3.31",
                "logistic5 | one outlier | 0.08493162564996887"
                        + " | 4.55 1.71 1.26 3.52 2.61 2.9 4.26 1.83 4.97 2.78 4.56 3.56"
                        + " | 2.47 1 5 1.94 1.18 1.41 2.16 1 2.44 1.37 2.23 1.8",
                "logistic5 | inverted | 1.049777402529327"
                        + " | 4.53 4.75 3.23 1.05 2.5 1.16 2.13 2.12 1.11 4.69 3.17 3.03"
                        + " | 1.41 1.69 1.97 5 3.95 5 4.48 3.64 5 1.05 2.91 2.53",
                "logistic5 | weak | 2.972854557786637"
                        + " | 1.94 2.41 3.26 3.39 3.45 4.46 3.28 4.12 2.78 3 3.67 1.76"
                        + " | 2.95 3.84 3.19 3.85 2.9 2.79 4.17 2.16 2.45 2.74 3.88 2.34",
                "logistic5 | hump | 1.145658504166566"
                        + " | 3 4.94 4.24 1.75 3.38 3.12 1.83 4.61 2.83 4.32 2.77 2.89"
                        + " | 3.88 1 2.29 3 3.97 4.14 2.37 1.8 3.61 2.5 4.74 3.84",
                "logistic5 | steps | 0.36564072860637253"
                        + " | 3.71 1.03 2.37 2.72 2.46 4.02 1.52 1.47 4.79 3.78 1.34 3.73"
                        + " | 4.13 1.34 2.87 3.11 2.83 4.39 1.49 1.42 4.09 4.77 1.34 4.04",
                "logistic4 | usual | 0.6234645891354692"
                        + " | 1.15 4.13 1.74 3.55 2.74 3.3 4.67 4.51 4.12 4.09 3.42 4.96"
                        + " | 1 3.87 1.15 3.89 2.2 3.52 4.56 5 4.07 4.17 3.52 4.9",
                "logistic4 | exponential | 0.09139994197589361"
                        + " | 2.11 4.2 4.83 1.66 2.16 4 3.51 1.81 1.4 3.6 1.29 1.23"
                        + " | 1 2.19 4.17 1.21 1.21 2.03 1.4 1 1 1.4 1.18 1.01"
            })
    void noFitIsWorseThanSciPys(String curve, String kind, double scipy, String predictions, String truths) {
        double[] x = numbers(predictions);
        double[] y = numbers(truths);

        assertThat(error(LogisticFit.of(LogisticCurve.valueOf(curve.toUpperCase(Locale.ROOT)), x, y), x, y))
                .as(kind)
                .isLessThanOrEqualTo(scipy * (1 + 1e-5));
    }

    @Test
    void aFitDoesNotDependOnTheScaleOrTheOrderOfThePredictions() {
        double[] x = {3.5, 4.79, 1.65, 3.19, 2.83, 2.74, 4.52, 4.93, 4.21, 2.71, 4.86, 2.99};
        double[] y = {3.84, 4.61, 1, 3.43, 3.49, 2.62, 4.74, 4.28, 4.97, 2.48, 5, 3.31};
        double[] scaled = Arrays.stream(x).map(value -> 1e6 + 1e3 * value).toArray();
        for (LogisticCurve curve : LogisticCurve.values()) {
            assertThat(error(LogisticFit.of(curve, scaled, y), scaled, y))
                    .isCloseTo(error(LogisticFit.of(curve, x, y), x, y), within(1e-6));
            assertThat(error(LogisticFit.of(curve, reversed(x), reversed(y)), x, y))
                    .isCloseTo(error(LogisticFit.of(curve, x, y), x, y), within(1e-12));
        }
    }

    @Test
    void whatCannotBeFittedIsSaid() {
        assertThatThrownBy(
                        () -> LogisticFit.of(LogisticCurve.LOGISTIC5, new double[] {1, 2, 3}, new double[] {1, 2, 3}))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the 5-parameter logistic cannot be fitted to these 3 images");
        assertThatThrownBy(
                        () -> LogisticFit.of(LogisticCurve.LOGISTIC4, new double[6], new double[] {1, 2, 3, 4, 5, 5}))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the 4-parameter logistic cannot be fitted to these 6 images");
    }

    private static double error(LogisticFit fit, double[] x, double[] y) {
        double error = 0;
        for (int i = 0; i < x.length; i++) {
            error += Math.pow(y[i] - fit.value(x[i]), 2);
        }
        return error;
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static double[] reversed(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[values.length - 1 - i])
                .toArray();
    }

    private static void found(LogisticFit truth, double tolerance) {
        double[] y = Arrays.stream(X).map(truth::value).toArray();
        LogisticFit fit = LogisticFit.of(truth.curve(), X, y);

        for (double x : X) {
            assertThat(fit.value(x)).isCloseTo(truth.value(x), within(tolerance));
        }
    }
}
