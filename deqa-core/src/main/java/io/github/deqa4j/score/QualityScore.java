package io.github.deqa4j.score;

/**
 * How good an image looks: a distribution over the five levels, and what follows from it.
 *
 * @param probabilities what the network answers, from which score and spread derive
 */
public record QualityScore(LevelProbabilities probabilities) {
    /** The expected level, from 1 (bad) to 5 (excellent): DeQA-Score, equation 8. */
    public double score() {
        return probabilities.mean();
    }

    /** The standard deviation of the level, how far people would disagree, from 0 to 2: DeQA-Score, equation 9. */
    public double std() {
        return probabilities.std();
    }
}
