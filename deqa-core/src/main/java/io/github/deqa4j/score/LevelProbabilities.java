package io.github.deqa4j.score;

import io.github.deqa4j.InvalidInputException;

/**
 * A probability for each level; together they are one.
 *
 * <p>Mean and spread follow DeQA-Score, equations 8 and 9: μ = Σ pᵢ·vᵢ, σ² = Σ pᵢ·(vᵢ − μ)², with vᵢ = {@link Level#value()}.
 */
public record LevelProbabilities(double excellent, double good, double fair, double poor, double bad) {
    private static final double SUM_TOLERANCE = 1e-6;

    /**
     * Five probabilities that sum to one, to 1e-6.
     *
     * @throws InvalidInputException if a probability lies outside [0, 1], is not a number, or the five do not sum to one
     */
    public LevelProbabilities {
        double sum = 0;
        for (double p : new double[] {excellent, good, fair, poor, bad}) {
            if (!(p >= 0 && p <= 1)) {
                throw new InvalidInputException("a level probability is " + p + "; each must lie in [0, 1]");
            }
            sum += p;
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new InvalidInputException("the level probabilities sum to " + sum + "; they must sum to 1");
        }
    }

    /**
     * Takes the five from an array.
     *
     * @param p five probabilities, excellent to bad
     * @throws InvalidInputException if there are not five, or they are no distribution
     */
    public static LevelProbabilities of(double... p) {
        Level.requireOneEach(p.length, "probabilities");
        return new LevelProbabilities(p[0], p[1], p[2], p[3], p[4]);
    }

    /**
     * The closed-set softmax over the five level logits: pᵢ = exp(lᵢ) / Σⱼ exp(lⱼ).
     *
     * @param logits five logits, excellent to bad
     * @throws InvalidInputException if there are not five, or one is not finite
     */
    public static LevelProbabilities softmax(double... logits) {
        return LevelLogits.of(logits).softmax();
    }

    public double get(Level level) {
        return level.of(excellent, good, fair, poor, bad);
    }

    /** Expected level μ, in [1, 5]. */
    public double mean() {
        double mean = 0;
        for (Level level : Level.ALL) {
            mean += get(level) * level.value();
        }
        return mean;
    }

    /** Standard deviation σ of the level, in [0, 2]. */
    public double std() {
        return Level.std(this::get, mean());
    }

    /** The level with the largest probability; the better one of equals. */
    public Level mostLikely() {
        Level best = Level.EXCELLENT;
        for (Level level : Level.ALL) {
            if (get(level) > get(best)) {
                best = level;
            }
        }
        return best;
    }

    /** The five probabilities, excellent to bad, in a new array. */
    public double[] toArray() {
        return new double[] {excellent, good, fair, poor, bad};
    }
}
