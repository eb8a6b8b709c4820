package io.github.deqa4j.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.metric.LogisticCurve;
import io.github.deqa4j.metric.LogisticFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The squared errors of our logistic fits against SciPy's, {@code LogisticComparison SETS.jsonl}; the sets and SciPy's
 * errors are those of {@code peer/logistic_fit.py}.
 */
public final class LogisticComparison {
    private static final double TOLERANCE = 1e-5;
    /** Errors below this, a mean error of 1e-9 on a scale of 1 to 5, are those of a perfect fit. */
    private static final double PERFECT = 1e-18;

    private LogisticComparison() {}

    public static void main(String[] args) throws IOException {
        JsonMapper json = new JsonMapper();
        List<Outcome> outcomes = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            outcomes.add(outcome(json.readTree(line)));
        }
        for (LogisticCurve curve : LogisticCurve.values()) {
            print(curve, outcomes.stream().filter(o -> o.curve() == curve).toList());
        }
    }

    /** What came of one set; SciPy's errors are absent where it does not converge. */
    private record Outcome(
            LogisticCurve curve,
            String name,
            int images,
            OptionalDouble ours,
            OptionalDouble same,
            OptionalDouble best) {
        /** By which share of its squared error ours is larger than SciPy's. */
        double excess(OptionalDouble scipy) {
            if (scipy.isEmpty() || ours.isEmpty()) {
                return ours.isEmpty() && scipy.isPresent() ? Double.POSITIVE_INFINITY : 0;
            }
            double perfect = PERFECT * images;
            return Math.max(ours.getAsDouble(), perfect) / Math.max(scipy.getAsDouble(), perfect) - 1;
        }
    }

    private static Outcome outcome(JsonNode row) {
        LogisticCurve curve = LogisticCurve.valueOf(row.get("curve").asText().toUpperCase(Locale.ROOT));
        double[] x = numbers(row.get("x"));
        double[] y = numbers(row.get("y"));
        double[] same = numbers(row.get("same_starts"));
        return new Outcome(
                curve, row.get("name").asText(), x.length, error(curve, x, y), least(same), least(new double[] {
                    number(row.get("best"))
                }));
    }

    private static OptionalDouble error(LogisticCurve curve, double[] x, double[] y) {
        try {
            LogisticFit fit = LogisticFit.of(curve, x, y);
            double error = 0;
            for (int i = 0; i < x.length; i++) {
                error += Math.pow(y[i] - fit.value(x[i]), 2);
            }
            return OptionalDouble.of(error);
        } catch (DeqaException e) {
            return OptionalDouble.empty();
        }
    }

    private static double[] numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(value -> numbers.add(number(value)));
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double number(JsonNode value) {
        return value.isNull() ? Double.NaN : value.asDouble();
    }

    private static OptionalDouble least(double[] errors) {
        return Arrays.stream(errors).filter(error -> !Double.isNaN(error)).min();
    }

    private static void print(LogisticCurve curve, List<Outcome> outcomes) {
        long failed = outcomes.stream().filter(o -> o.ours().isEmpty()).count();
        System.out.printf(Locale.ROOT, "%s: %d sets, %d without a fit%n", curve.key(), outcomes.size(), failed);
        print(
                "SciPy from the same starts",
                outcomes,
                outcomes.stream().mapToDouble(o -> o.excess(o.same())).toArray());
        print(
                "SciPy's best of all starts",
                outcomes,
                outcomes.stream().mapToDouble(o -> o.excess(o.best())).toArray());
    }

    private static void print(String what, List<Outcome> outcomes, double[] excess) {
        long worse = Arrays.stream(excess).filter(e -> e > TOLERANCE).count();
        long better = Arrays.stream(excess).filter(e -> e < -TOLERANCE).count();
        System.out.printf(Locale.ROOT, "  %s: worse %d times, better %d times%n", what, worse, better);
        for (int i = 0; i < excess.length; i++) {
            if (excess[i] > TOLERANCE) {
                System.out.printf(Locale.ROOT, "    %s: %.2g%n", outcomes.get(i).name(), excess[i]);
            }
        }
    }
}
