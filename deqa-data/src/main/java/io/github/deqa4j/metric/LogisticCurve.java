package io.github.deqa4j.metric;

import java.util.List;
import java.util.Locale;

/**
 * The curves that predictions are passed through before their linear correlation is taken (VQEG; Sheikh et al. 2006).
 */
public enum LogisticCurve {
    /** f(x) = (β1 − β2) / (1 + exp(−(x − β3) / β4)) + β2: the one of the published tables. */
    LOGISTIC4(4) {
        @Override
        List<Double> parameters(double k, double c, double height, double slope, double offset) {
            return List.of(offset + height, offset, c, 1 / k);
        }

        @Override
        double value(List<Double> b, double x) {
            return (b.get(0) - b.get(1)) / (1 + Math.exp(-(x - b.get(2)) / b.get(3))) + b.get(1);
        }
    },

    /** f(x) = β1·(½ − 1 / (1 + exp(β2·(x − β3)))) + β4·x + β5. */
    LOGISTIC5(5) {
        @Override
        List<Double> parameters(double k, double c, double height, double slope, double offset) {
            return List.of(height, k, c, slope, offset + height / 2);
        }

        @Override
        double value(List<Double> b, double x) {
            return b.get(0) * (0.5 - 1 / (1 + Math.exp(b.get(1) * (x - b.get(2))))) + b.get(3) * x + b.get(4);
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

    /** Whether it has a linear part. */
    boolean hasLine() {
        return this == LOGISTIC5;
    }

    /** The parameters β of height / (1 + exp(−k·(x − c))) + slope·x + offset; slope is 0 without a linear part. */
    abstract List<Double> parameters(double k, double c, double height, double slope, double offset);

    /** The curve at one place. */
    abstract double value(List<Double> parameters, double x);
}
