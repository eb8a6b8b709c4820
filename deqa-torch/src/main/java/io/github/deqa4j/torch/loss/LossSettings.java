package io.github.deqa4j.torch.loss;

import io.github.deqa4j.DeqaException;

/**
 * What is minimized: rankWeight·rank + ladderWeight·ladder + answerWeight·Σ sides (next token + klWeight·KL) + inLevelWeight·Σ sides in-level +
 * descriptionWeight·description.
 *
 * @param softLabels whether levels are learnt as distributions (KL), their token left out of the next-token loss; otherwise
 *     the level word is one token more of the answer (one-hot)
 * @param rank how pairs are compared
 * @param spread whose standard deviation the predicted preference has
 * @param closedSet whether predicted scores come from the softmax over the five levels alone
 * @param rankWeight weight of the comparison of pairs
 * @param ladderWeight weight of the comparison of an image with worse states of itself
 * @param answerWeight weight of each side's own loss
 * @param klWeight weight of the soft label within it
 * @param inLevelWeight weight of the in-level loss
 * @param descriptionWeight weight of free-text answers
 */
public record LossSettings(
        boolean softLabels,
        Rank rank,
        Spread spread,
        boolean closedSet,
        double rankWeight,
        double ladderWeight,
        double answerWeight,
        double klWeight,
        double inLevelWeight,
        double descriptionWeight) {
    /** What float32 can still reckon with. */
    private static final double LARGEST = 1e30;

    /** How the predicted preference is compared with the ratings. */
    public enum Rank {
        /** Fidelity to the preference that mean and spread of the ratings give. */
        FIDELITY,
        /** Fidelity to which mean is higher. */
        BINARY_FIDELITY,
        /** Cross entropy with which mean is higher. */
        BINARY_CROSS_ENTROPY
    }

    /** The standard deviation of predicted scores. */
    public enum Spread {
        /** One. */
        FIXED,
        /** The predicted one. */
        PREDICTED,
        /** The predicted one, through which no gradient flows. */
        DETACHED
    }

    /**
     * Checks the weights.
     *
     * @throws DeqaException if a weight is negative or not finite, or all are zero
     */
    public LossSettings {
        requireWeight("rank", rankWeight);
        requireWeight("ladder", ladderWeight);
        requireWeight("answer", answerWeight);
        requireWeight("kl", klWeight);
        requireWeight("in-level", inLevelWeight);
        requireWeight("description", descriptionWeight);
        if (rankWeight + answerWeight + inLevelWeight + descriptionWeight == 0) {
            throw new DeqaException("all loss weights are 0, so there is nothing to learn; make one positive");
        }
    }

    /** The released flags for pairs. */
    public static LossSettings pairs() {
        return new LossSettings(true, Rank.FIDELITY, Spread.FIXED, true, 1, 1, 0.05, 1, 0, 1);
    }

    /** The released defaults for single images: no comparison, the answer at full weight. */
    public static LossSettings singles() {
        return pairs().withRankWeight(0).withAnswerWeight(1);
    }

    /** For the small network: as it was trained, comparisons and soft labels at full weight. */
    public static LossSettings panels() {
        return pairs().withLadderWeight(0.5).withAnswerWeight(1);
    }

    public LossSettings withSoftLabels(boolean newSoftLabels) {
        return new LossSettings(
                newSoftLabels,
                rank,
                spread,
                closedSet,
                rankWeight,
                ladderWeight,
                answerWeight,
                klWeight,
                inLevelWeight,
                descriptionWeight);
    }

    public LossSettings withRank(Rank newRank) {
        return new LossSettings(
                softLabels,
                newRank,
                spread,
                closedSet,
                rankWeight,
                ladderWeight,
                answerWeight,
                klWeight,
                inLevelWeight,
                descriptionWeight);
    }

    public LossSettings withSpread(Spread newSpread) {
        return new LossSettings(
                softLabels,
                rank,
                newSpread,
                closedSet,
                rankWeight,
                ladderWeight,
                answerWeight,
                klWeight,
                inLevelWeight,
                descriptionWeight);
    }

    public LossSettings withClosedSet(boolean newClosedSet) {
        return new LossSettings(
                softLabels,
                rank,
                spread,
                newClosedSet,
                rankWeight,
                ladderWeight,
                answerWeight,
                klWeight,
                inLevelWeight,
                descriptionWeight);
    }

    public LossSettings withRankWeight(double weight) {
        return new LossSettings(
                softLabels,
                rank,
                spread,
                closedSet,
                weight,
                ladderWeight,
                answerWeight,
                klWeight,
                inLevelWeight,
                descriptionWeight);
    }

    public LossSettings withLadderWeight(double weight) {
        return new LossSettings(
                softLabels,
                rank,
                spread,
                closedSet,
                rankWeight,
                weight,
                answerWeight,
                klWeight,
                inLevelWeight,
                descriptionWeight);
    }

    public LossSettings withAnswerWeight(double weight) {
        return new LossSettings(
                softLabels,
                rank,
                spread,
                closedSet,
                rankWeight,
                ladderWeight,
                weight,
                klWeight,
                inLevelWeight,
                descriptionWeight);
    }

    public LossSettings withInLevelWeight(double weight) {
        return new LossSettings(
                softLabels,
                rank,
                spread,
                closedSet,
                rankWeight,
                ladderWeight,
                answerWeight,
                klWeight,
                weight,
                descriptionWeight);
    }

    private static void requireWeight(String name, double weight) {
        if (!(weight >= 0 && weight <= LARGEST)) {
            throw new DeqaException(
                    "the " + name + " weight is " + weight + "; a loss weight must lie between 0 and 1e30");
        }
    }
}
