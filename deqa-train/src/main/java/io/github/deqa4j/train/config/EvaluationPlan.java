package io.github.deqa4j.train.config;

/**
 * How the network is tried while it learns.
 *
 * @param meta test file in the layout of Data-DeQA-Score; empty for no evaluation
 * @param images folder below which its pictures are
 * @param every steps from one evaluation to the next; the last step is always evaluated
 * @param metric what makes one evaluation better than another
 */
public record EvaluationPlan(String meta, String images, int every, BestBy metric) {
    /** Checks the ranges. */
    public EvaluationPlan {
        TrainingConfig.requirePositive(every, "evaluation.every");
    }

    /** What makes one evaluation better than another. */
    public enum BestBy {
        /** Spearman's rank correlation. */
        SRCC,
        /** Pearson's correlation, without a fitted curve. */
        PLCC
    }

    static EvaluationPlan defaults() {
        return new EvaluationPlan("", "", 500, BestBy.SRCC);
    }

    /** Whether there is anything to evaluate on. */
    public boolean enabled() {
        return !meta.isBlank();
    }
}
