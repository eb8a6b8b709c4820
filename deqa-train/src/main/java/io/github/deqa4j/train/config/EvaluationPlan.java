package io.github.deqa4j.train.config;

import io.github.deqa4j.text.Prompt;

/**
 * How the network is tried while it learns.
 *
 * @param meta test file in the layout of Data-DeQA-Score; empty for no evaluation
 * @param images folder below which its pictures are
 * @param prompt what the network is asked: {@code evaluation} (the authors' tables), {@code scorer}, or a text with the
 *     picture's place in it. A network that was not a language model before must be asked as it was trained
 * @param every steps from one evaluation to the next; the last step is always evaluated
 * @param metric what makes one evaluation better than another
 */
public record EvaluationPlan(String meta, String images, String prompt, int every, BestBy metric) {
    /** Checks the ranges. */
    public EvaluationPlan {
        TrainingConfig.requirePositive(every, "evaluation.every");
        promptOf(prompt);
    }

    /** What makes one evaluation better than another. */
    public enum BestBy {
        /** Spearman's rank correlation. */
        SRCC,
        /** Pearson's correlation, without a fitted curve. */
        PLCC
    }

    static EvaluationPlan defaults() {
        return new EvaluationPlan("", "", "evaluation", 500, BestBy.SRCC);
    }

    /** Whether there is anything to evaluate on. */
    public boolean enabled() {
        return !meta.isBlank();
    }

    /** The prompt itself. */
    public Prompt question() {
        return promptOf(prompt);
    }

    private static Prompt promptOf(String prompt) {
        return switch (prompt) {
            case "evaluation" -> Prompt.EVALUATION;
            case "scorer" -> Prompt.SCORER;
            default -> Prompt.of(prompt);
        };
    }
}
