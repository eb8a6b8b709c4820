package io.github.deqa4j.label;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.score.Level;
import java.util.Collection;

/**
 * The range of a data set's mean opinion scores, and the line from it to the scale of levels, [1, 5].
 *
 * @param min the least score, finite
 * @param max the greatest score, above {@code min}
 */
public record MosScale(double min, double max) {
    private static final double LEVEL_RANGE = 4;
    private static final double BIN_BORDER = 1e-8;
    /** A hundred times the tolerance of a border. */
    private static final double LEAST_RANGE = 1e-6;

    /**
     * A range.
     *
     * @throws DeqaException if a number is not finite, or there is no room or less than 1e-6 between the two
     */
    public MosScale {
        if (!Double.isFinite(max - min)) {
            throw new DeqaException(
                    "the scores reach from " + min + " to " + max + "; both and their distance must be finite");
        }
        if (min < max && max - min < LEAST_RANGE) {
            throw new DeqaException("the scores reach from " + min + " to " + max
                    + "; a range below 1e-6 is lost beside the tolerances of the method, so multiply the scores");
        }
        if (!(min < max)) {
            throw new DeqaException(
                    "the scores reach from " + min + " to " + max + "; a scale needs a lower and a higher one");
        }
    }

    /**
     * The range of all images of a data set, also of those that are in no split.
     *
     * @throws DeqaException if there are no opinions, or all have one score
     */
    public static MosScale of(Collection<Opinion> opinions) {
        if (opinions.isEmpty()) {
            throw new DeqaException("there are no opinions to take a scale from");
        }
        double min = opinions.stream().mapToDouble(Opinion::mos).min().getAsDouble();
        double max = opinions.stream().mapToDouble(Opinion::mos).max().getAsDouble();
        if (min == max) {
            throw new DeqaException("all opinions have the mos " + min + "; a scale needs two different ones");
        }
        return new MosScale(min, max);
    }

    /** The score on the scale of levels: μ = 4·(mos − min)/(max − min) + 1. */
    public double mean(double mos) {
        return (mos - min) / (max - min) * LEVEL_RANGE + 1;
    }

    /** A spread on the scale of levels: σ = 4·std/(max − min). */
    public double std(double std) {
        return std / (max - min) * LEVEL_RANGE;
    }

    /** The spread on this scale that is σ levels. */
    public double rawStd(double std) {
        return std * (max - min) / LEVEL_RANGE;
    }

    /** The level of a score: the range is cut into five equal parts, one for each level. A score on a border has the lower level. */
    public Level level(double mos) {
        double width = (max - min) / Level.ALL.size();
        for (int bin = 1; bin < Level.ALL.size(); bin++) {
            if (mos <= min + bin * width + BIN_BORDER) {
                return Level.ALL.get(Level.ALL.size() - bin);
            }
        }
        return Level.EXCELLENT;
    }
}
