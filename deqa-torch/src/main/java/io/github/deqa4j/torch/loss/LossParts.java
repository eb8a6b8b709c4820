package io.github.deqa4j.torch.loss;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The losses of a step in numbers, for the log. Immutable.
 *
 * @param values one for each {@link LossPart}
 */
public record LossParts(Map<LossPart, Double> values) {
    /** No loss: 0 for each part. */
    public static final LossParts ZERO = of(part -> 0);

    /** Copies the values. */
    public LossParts {
        values = Map.copyOf(values);
    }

    /** A value for each part. */
    static LossParts of(ToDoubleFunction<LossPart> value) {
        Map<LossPart, Double> values = new EnumMap<>(LossPart.class);
        for (LossPart part : LossPart.values()) {
            values.put(part, value.applyAsDouble(part));
        }
        return new LossParts(values);
    }

    /** The value of a part. */
    public double of(LossPart part) {
        return values.getOrDefault(part, 0.0);
    }

    /** These values + share·others. */
    public LossParts plus(LossParts others, double share) {
        return of(part -> of(part) + share * others.of(part));
    }

    /** The total and its main parts in words. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%.4f: rank %.4f, ladder %.4f, next token %.4f, KL %.4f",
                of(LossPart.TOTAL),
                of(LossPart.RANK),
                of(LossPart.LADDER),
                of(LossPart.NEXT_TOKEN),
                of(LossPart.KL));
    }

    /** Whether every value is a finite number. */
    public boolean finite() {
        return values.values().stream().allMatch(Double::isFinite);
    }
}
