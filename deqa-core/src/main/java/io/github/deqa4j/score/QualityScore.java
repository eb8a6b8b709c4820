package io.github.deqa4j.score;

import java.util.List;
import java.util.Optional;

/** How good an image looks: a network's answer, the distribution over the five levels that it gives, and what follows from it. Immutable. */
public final class QualityScore {
    /** The lowest score that there can be: all ratings are bad. */
    public static final double LOWEST = Level.BAD.value();

    /** The highest score that there can be: all ratings are excellent. */
    public static final double HIGHEST = Level.EXCELLENT.value();

    private final LevelLogits logits;
    private final LevelProbabilities probabilities;
    private final Optional<Reliability> reliability;
    private final Optional<List<Fault>> faults;

    /** The score that a network's answer gives: DeQA-Score, section 3. */
    public QualityScore(LevelLogits logits) {
        this(logits, logits.softmax(), Optional.empty(), Optional.empty());
    }

    private QualityScore(
            LevelLogits logits,
            LevelProbabilities probabilities,
            Optional<Reliability> reliability,
            Optional<List<Fault>> faults) {
        this.logits = logits;
        this.probabilities = probabilities;
        this.reliability = reliability;
        this.faults = faults;
    }

    /** The same score, with how far it can be relied on. */
    public QualityScore withReliability(Reliability known) {
        return new QualityScore(logits, probabilities, Optional.of(known), faults);
    }

    /** The same score, with the faults that the network sees, the likeliest first. */
    public QualityScore withFaults(List<Fault> seen) {
        return new QualityScore(logits, probabilities, reliability, Optional.of(List.copyOf(seen)));
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

    /**
     * The standard deviation of the level, how far people would disagree, from 0 to 2: DeQA-Score, equation 9. It is not the error of the
     * score, which {@link #reliability} tells.
     */
    public double std() {
        return probabilities.std();
    }

    /**
     * How far the score can be relied on. Empty where the model does not tell ({@code reliability.safetensors} is not among its files), and
     * for parts of an image.
     */
    public Optional<Reliability> reliability() {
        return reliability;
    }

    /**
     * The faults that the network sees, the likeliest first, at most two; an empty list if it sees none. Empty where the model does not tell
     * ({@code faults.safetensors} is not among its files), and for parts of an image.
     */
    public Optional<List<Fault>> faults() {
        return faults;
    }

    /** Whether the logits are equal; what follows from them is then equal, too. Reliability and faults do not count. */
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
