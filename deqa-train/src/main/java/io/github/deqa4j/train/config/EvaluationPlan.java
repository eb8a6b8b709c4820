package io.github.deqa4j.train.config;

import io.github.deqa4j.score.Prompt;
import java.util.Optional;

/**
 * Evaluations during training.
 *
 * @param meta test file in the layout of Data-DeQA-Score; empty for no evaluation
 * @param images folder below which its images are
 * @param prompt what the network is asked: {@code evaluation} (the authors' tables), {@code scorer}, or a text with the
 *     image's place in it. A network that was not a language model before must be asked as it was trained
 * @param every steps from one evaluation to the next; the last step is always evaluated
 * @param metric what makes one evaluation better than another
 */
public record EvaluationPlan(String meta, String images, String prompt, int every, BestBy metric) {
    private static final String USUAL = "evaluation";

    /** Checks the ranges. */
    public EvaluationPlan {
        TrainingConfig.requirePositive(every, "evaluation.every");
        Prompt.parse(prompt);
    }

    /** What makes one evaluation better than another. */
    public enum BestBy {
        /** Spearman's rank correlation. */
        SRCC,
        /** Pearson's correlation, without a fitted curve. */
        PLCC
    }

    static EvaluationPlan every(int steps) {
        return new EvaluationPlan("", "", USUAL, steps, BestBy.SRCC);
    }

    /** Whether there is anything to evaluate on. */
    public boolean enabled() {
        return !meta.isBlank();
    }

    /** The prompt itself; empty for the usual one, which a network that reads no text can do with, too. */
    public Optional<Prompt> question() {
        return prompt.equals(USUAL) ? Optional.empty() : Optional.of(Prompt.parse(prompt));
    }
}
