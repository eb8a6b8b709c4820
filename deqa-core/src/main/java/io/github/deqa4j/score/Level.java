package io.github.deqa4j.score;

import io.github.deqa4j.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The five words a rater answers with and what each is worth, best first (DeQA-Score, section 3.1; ITU-R BT.500). */
public enum Level {
    EXCELLENT(5),
    GOOD(4),
    FAIR(3),
    POOR(2),
    BAD(1);

    /** All levels, from excellent to bad: the order of every array of level values in this project. */
    public static final List<Level> ALL = List.of(values());

    private final int value;
    private final String word;

    Level(int value) {
        this.value = value;
        this.word = name().toLowerCase(Locale.ROOT);
    }

    /** What the level is worth on the scale of scores, 1 (bad) to 5 (excellent). */
    public int value() {
        return value;
    }

    /** The level as the network says it and as files name it: the lower-case English word. */
    public String word() {
        return word;
    }

    /** The one of five numbers, given from excellent to bad, that belongs to this level. */
    public double of(double excellent, double good, double fair, double poor, double bad) {
        return switch (this) {
            case EXCELLENT -> excellent;
            case GOOD -> good;
            case FAIR -> fair;
            case POOR -> poor;
            case BAD -> bad;
        };
    }

    /**
     * √Σ wᵢ·(vᵢ − μ)²: the spread of the levels (DeQA-Score, equation 9).
     *
     * @param weight wᵢ of each level, at least 0; their sum need not be one and is not divided by
     * @param mean μ
     */
    public static double std(ToDoubleFunction<Level> weight, double mean) {
        double variance = 0;
        for (Level level : ALL) {
            double d = level.value - mean;
            variance += weight.applyAsDouble(level) * d * d;
        }
        return Math.sqrt(variance);
    }

    static void requireOneEach(int length, String what) {
        if (length != ALL.size()) {
            throw new InvalidInputException("there are " + length + " " + what + "; one for each of " + ALL.size()
                    + " levels is needed, excellent to bad");
        }
    }
}
