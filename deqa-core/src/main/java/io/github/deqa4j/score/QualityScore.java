package io.github.deqa4j.score;

/**
 * How good an image looks: a distribution over the five levels, and what follows from it.
 *
 * @param logits the network's answer
 * @param probabilities its softmax, from which score and spread derive
 */
public record QualityScore(LevelLogits logits, LevelProbabilities probabilities) {
    /** The lowest score that there can be: all ratings are bad. */
    public static final double LOWEST = Level.BAD.value();

    /** The highest score that there can be: all ratings are excellent. */
    public static final double HIGHEST = Level.EXCELLENT.value();

    /** The score that a network's answer gives. */
    public static QualityScore ofLogits(LevelLogits logits) {
        return new QualityScore(logits, logits.softmax());
    }

    /** The expected level, from 1 (bad) to 5 (excellent): DeQA-Score, equation 8. */
    public double score() {
        return probabilities.mean();
    }

    /** The standard deviation of the level, how far people would disagree, from 0 to 2: DeQA-Score, equation 9. */
    public double std() {
        return probabilities.std();
    }
}
