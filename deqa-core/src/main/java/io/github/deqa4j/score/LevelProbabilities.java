package io.github.deqa4j.score;

import io.github.deqa4j.DeqaException;

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
     * @throws DeqaException if a probability lies outside [0, 1], is not a number, or the five do not sum to one
     */
    public LevelProbabilities {
        double sum = 0;
        for (double p : new double[] {excellent, good, fair, poor, bad}) {
            if (!(p >= 0 && p <= 1)) {
                throw new DeqaException("a level probability is " + p + "; each must lie in [0, 1]");
            }
            sum += p;
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new DeqaException("the level probabilities sum to " + sum + "; they must sum to 1");
        }
    }

    /**
     * Takes the five from an array.
     *
     * @param p five probabilities, excellent to bad
     */
    public static LevelProbabilities of(double... p) {
        requireFive(p.length, "probabilities");
        return new LevelProbabilities(p[0], p[1], p[2], p[3], p[4]);
    }

    /**
     * The closed-set softmax over the five level logits.
     *
     * @param logits five logits, excellent to bad
     * @throws DeqaException if a logit is not finite
     */
    public static LevelProbabilities softmax(double... logits) {
        requireFive(logits.length, "logits");
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            if (!Double.isFinite(logits[i])) {
                throw new DeqaException(
                        "the logit of level \"" + Level.ALL.get(i).word() + "\" is " + logits[i]
                                + "; the network's weights or precision are at fault");
            }
            max = Math.max(max, logits[i]);
        }
        double[] p = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(logits[i] - max);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return of(p);
    }

    public double of(Level level) {
        return switch (level) {
            case EXCELLENT -> excellent;
            case GOOD -> good;
            case FAIR -> fair;
            case POOR -> poor;
            case BAD -> bad;
        };
    }

    /** Expected level μ, in [1, 5]. */
    public double mean() {
        double mean = 0;
        for (Level level : Level.ALL) {
            mean += of(level) * level.value();
        }
        return mean;
    }

    /** Standard deviation σ of the level, in [0, 2]. */
    public double std() {
        return Level.std(this::of, mean());
    }

    /** The level with the largest probability; the better one of equals. */
    public Level mostLikely() {
        Level best = Level.EXCELLENT;
        for (Level level : Level.ALL) {
            if (of(level) > of(best)) {
                best = level;
            }
        }
        return best;
    }

    /** The five probabilities, excellent to bad, in a new array. */
    public double[] toArray() {
        return new double[] {excellent, good, fair, poor, bad};
    }

    private static void requireFive(int length, String what) {
        if (length != Level.ALL.size()) {
            throw new DeqaException("there are " + length + " " + what + "; one for each of " + Level.ALL.size()
                    + " levels is needed, excellent to bad");
        }
    }
}
