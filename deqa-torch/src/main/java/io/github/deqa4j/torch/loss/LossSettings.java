package io.github.deqa4j.torch.loss;

import io.github.deqa4j.DeqaException;

/**
 * The loss that is minimized: rankWeight·rank + ladderWeight·ladder + answerWeight·Σ sides (next token + klWeight·KL) +
 * inLevelWeight·Σ sides in-level + descriptionWeight·description.
 *
 * @param softLabels whether levels are trained as distributions (KL), their token left out of the next-token loss; otherwise
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
            throw new DeqaException("all loss weights are 0, so there is nothing to train on; make one positive");
        }
    }

    /** The released flags for pairs. */
    public static LossSettings pairs() {
        return builder().build();
    }

    /** The released defaults for single images: no comparison, the answer at full weight. */
    public static LossSettings singles() {
        return builder().rankWeight(0).answerWeight(1).build();
    }

    /** The settings that the small network was trained with: comparisons and soft labels at full weight. */
    public static LossSettings allPairs() {
        return builder().ladderWeight(0.5).answerWeight(1).build();
    }

    /** A builder that starts from the released flags for pairs. */
    public static Builder builder() {
        return new Builder();
    }

    /** Settings that differ from {@link #pairs} in some values. */
    public static final class Builder {
        private boolean softLabels = true;
        private Rank rank = Rank.FIDELITY;
        private Spread spread = Spread.FIXED;
        private boolean closedSet = true;
        private double rankWeight = 1;
        private double ladderWeight = 1;
        private double answerWeight = 0.05;
        private double klWeight = 1;
        private double inLevelWeight;
        private double descriptionWeight = 1;

        private Builder() {}

        /** Sets {@link LossSettings#softLabels}. */
        public Builder softLabels(boolean value) {
            softLabels = value;
            return this;
        }

        /** Sets {@link LossSettings#rank}. */
        public Builder rank(Rank value) {
            rank = value;
            return this;
        }

        /** Sets {@link LossSettings#spread}. */
        public Builder spread(Spread value) {
            spread = value;
            return this;
        }

        /** Sets {@link LossSettings#closedSet}. */
        public Builder closedSet(boolean value) {
            closedSet = value;
            return this;
        }

        /** Sets {@link LossSettings#rankWeight}. */
        public Builder rankWeight(double value) {
            rankWeight = value;
            return this;
        }

        /** Sets {@link LossSettings#ladderWeight}. */
        public Builder ladderWeight(double value) {
            ladderWeight = value;
            return this;
        }

        /** Sets {@link LossSettings#answerWeight}. */
        public Builder answerWeight(double value) {
            answerWeight = value;
            return this;
        }

        /** Sets {@link LossSettings#klWeight}. */
        public Builder klWeight(double value) {
            klWeight = value;
            return this;
        }

        /** Sets {@link LossSettings#inLevelWeight}. */
        public Builder inLevelWeight(double value) {
            inLevelWeight = value;
            return this;
        }

        /** Sets {@link LossSettings#descriptionWeight}. */
        public Builder descriptionWeight(double value) {
            descriptionWeight = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws DeqaException if a weight is negative or not finite, or all are zero
         */
        public LossSettings build() {
            return new LossSettings(
                    softLabels,
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
    }

    private static void requireWeight(String name, double weight) {
        if (!(weight >= 0 && weight <= LARGEST)) {
            throw new DeqaException(
                    "the " + name + " weight is " + weight + "; a loss weight must lie between 0 and 1e30");
        }
    }
}
