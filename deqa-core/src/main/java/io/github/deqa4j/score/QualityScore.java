package io.github.deqa4j.score;

/** How good an image looks: a network's answer, the distribution over the five levels that it gives, and what follows from it. Immutable. */
public final class QualityScore {
    /** The lowest score that there can be: all ratings are bad. */
    public static final double LOWEST = Level.BAD.value();

    /** The highest score that there can be: all ratings are excellent. */
    public static final double HIGHEST = Level.EXCELLENT.value();

    private final LevelLogits logits;
    private final LevelProbabilities probabilities;

    /** The score that a network's answer gives: DeQA-Score, section 3. */
    public QualityScore(LevelLogits logits) {
        this.logits = logits;
        this.probabilities = logits.softmax();
    }

    /** The network's answer. */
    public LevelLogits logits() {
        return logits;
    }

    /** The softmax of the logits. */
    public LevelProbabilities probabilities() {
        return probabilities;
    }

    /** The expected level, from 1 (bad) to 5 (excellent): DeQA-Score, equation 8. */
    public double score() {
        return probabilities.mean();
    }

    /** The standard deviation of the level, how far people would disagree, from 0 to 2: DeQA-Score, equation 9. */
    public double std() {
        return probabilities.std();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QualityScore score && logits.equals(score.logits);
    }

    @Override
    public int hashCode() {
        return logits.hashCode();
    }

    @Override
    public String toString() {
        return score() + " ± " + std();
    }
}
