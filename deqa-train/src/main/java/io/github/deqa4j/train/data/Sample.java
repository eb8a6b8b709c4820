package io.github.deqa4j.train.data;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.text.TrainingPrompt;
import java.nio.file.Path;

/**
 * A picture to learn from.
 *
 * @param id its row's id, with the data set's name before it
 * @param picture its file
 * @param prompt question and answer
 * @param label the soft label; all zero for a description
 * @param mean mean opinion score, on the data set's own scale; 0 for a description
 * @param std standard deviation of the opinions, on the same scale; 0 where the data set has none, so that any difference of
 *     means is certain
 */
public record Sample(String id, Path picture, TrainingPrompt prompt, LevelValues label, double mean, double std) {
    /** Whether the answer is free text instead of a level. */
    public boolean description() {
        return prompt.level().isEmpty();
    }

    /** Tokens of its text. */
    int length() {
        return prompt.ids().joined().length;
    }
}
