package io.github.deqa4j.score;

import io.github.deqa4j.InvalidInputException;
import java.util.Arrays;

/** What a network says of each level before the softmax. */
public record LevelLogits(double excellent, double good, double fair, double poor, double bad) {
    /** @throws InvalidInputException if a logit is not finite */
    public LevelLogits {
        requireFinite(Level.EXCELLENT, excellent);
        requireFinite(Level.GOOD, good);
        requireFinite(Level.FAIR, fair);
        requireFinite(Level.POOR, poor);
        requireFinite(Level.BAD, bad);
    }

    /**
     * Takes the five from an array.
     *
     * @param logits five logits, excellent to bad
     * @throws InvalidInputException if there are not five, or one is not finite
     */
    public static LevelLogits of(double... logits) {
        Level.requireOneEach(logits.length, "logits");
        return new LevelLogits(logits[0], logits[1], logits[2], logits[3], logits[4]);
    }

    public double get(Level level) {
        return level.of(excellent, good, fair, poor, bad);
    }

    /** The five logits, excellent to bad, in a new array. */
    public double[] toArray() {
        return new double[] {excellent, good, fair, poor, bad};
    }

    /** The closed-set softmax: pᵢ = exp(lᵢ) / Σⱼ exp(lⱼ) over the five levels. */
    public LevelProbabilities softmax() {
        double[] p = toArray();
        double max = Arrays.stream(p).max().orElseThrow();
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(p[i] - max);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return LevelProbabilities.of(p);
    }

    private static void requireFinite(Level level, double logit) {
        if (!Double.isFinite(logit)) {
            throw new InvalidInputException("the logit of level \"" + level.word() + "\" is " + logit
                    + "; the network's weights or precision are at fault");
        }
    }
}
