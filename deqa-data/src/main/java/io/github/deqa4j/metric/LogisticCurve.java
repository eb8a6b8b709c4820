package io.github.deqa4j.metric;

import java.util.Arrays;
import java.util.Locale;

/**
 * The curves that predictions are passed through before their linear correlation is taken (VQEG; Sheikh et al. 2006).
 */
public enum LogisticCurve {
    /** f(x) = (β1 − β2) / (1 + exp(−(x − β3) / β4)) + β2: the one of the published tables. */
    LOGISTIC4(4) {
        @Override
        double[] start(double[] x, double[] y) {
            double mean = mean(x);
            return new double[] {max(y), min(y), mean, std(x, mean) / 4};
        }

        @Override
        double value(double[] b, double x, double[] gradient) {
            double t = (x - b[2]) / b[3];
            double s = 1 / (1 + Math.exp(-t));
            double height = b[0] - b[1];
            double slope = height * s * (1 - s) / b[3];
            gradient[0] = s;
            gradient[1] = 1 - s;
            gradient[2] = -slope;
            gradient[3] = -slope * t;
            return height * s + b[1];
        }
    },

    /** f(x) = β1·(½ − 1 / (1 + exp(β2·(x − β3)))) + β4·x + β5. */
    LOGISTIC5(5) {
        @Override
        double[] start(double[] x, double[] y) {
            double mean = mean(x);
            return new double[] {max(y) - min(y), 1 / std(x, mean), mean, 0, mean(y)};
        }

        @Override
        double value(double[] b, double x, double[] gradient) {
            double d = x - b[2];
            double s = 1 / (1 + Math.exp(b[1] * d));
            double slope = b[0] * s * (1 - s);
            gradient[0] = 0.5 - s;
            gradient[1] = slope * d;
            gradient[2] = -slope * b[1];
            gradient[3] = x;
            gradient[4] = 1;
            return b[0] * (0.5 - s) + b[3] * x + b[4];
        }
    };

    private final int parameters;

    LogisticCurve(int parameters) {
        this.parameters = parameters;
    }

    /** How many parameters it has. */
    public int parameters() {
        return parameters;
    }

    /** The name in options and files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where the authors' fit starts. */
    abstract double[] start(double[] x, double[] y);

    /**
     * The curve at one place.
     *
     * @param gradient receives the derivatives by the parameters
     */
    abstract double value(double[] parameters, double x, double[] gradient);

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** The population's standard deviation. */
    private static double std(double[] values, double mean) {
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }
}
