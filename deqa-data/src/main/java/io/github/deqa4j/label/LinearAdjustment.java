package io.github.deqa4j.label;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.score.Level;

/**
 * The line p' = max(α·p + β, 0) that gives a label the mass 1 and the mean of the opinions, exactly unless a value is
 * clipped (DeQA-Score, equations 3 to 5). A mean of exactly 3 gives α = 0 and the uniform label: the authors' rule, kept.
 *
 * @param alpha α
 * @param beta β
 */
public record LinearAdjustment(double alpha, double beta) {
    /** The parameters that the authors report for a label that the fallback replaced. */
    static final LinearAdjustment NONE = new LinearAdjustment(1, 0);

    private static final double EPSILON = 1e-9;
    private static final double MIDDLE = 3; // the mean of the five level values

    /** The line for values of the levels and a mean. */
    static LinearAdjustment fit(LevelValues raw, double mean) {
        double mass = raw.mass();
        double alpha = (mean - MIDDLE) / (raw.mean() - MIDDLE * mass + EPSILON);
        return new LinearAdjustment(alpha, (1 - alpha * mass) / Level.ALL.size());
    }

    /** The adjusted values, at least 0. */
    LevelValues apply(LevelValues raw) {
        return LevelValues.of(
                Level.ALL.stream().mapToDouble(level -> adjust(raw.get(level))).toArray());
    }

    private double adjust(double p) {
        double adjusted = alpha * p + beta;
        return adjusted > 0 ? adjusted : 0;
    }
}
