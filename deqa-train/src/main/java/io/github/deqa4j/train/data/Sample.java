package io.github.deqa4j.train.data;

import io.github.deqa4j.text.TrainingPrompt;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image to learn from.
 *
 * @param id its row's id, with the data set's name before it
 * @param image its file
 * @param treatment what becomes of it before the network sees it
 * @param prompt question and answer; empty for a network that reads no text
 * @param opinion what people think of it; empty for a description, and for an image that is only compared with itself
 */
public record Sample(
        String id, Path image, Augmentation treatment, Optional<TrainingPrompt> prompt, Optional<Rating> opinion) {
    /** Whether the answer is free text instead of a level. */
    public boolean description() {
        return prompt.isPresent() && opinion.isEmpty();
    }

    /** Tokens of its text. */
    int length() {
        return prompt.map(text -> text.ids().joined().length).orElse(0);
    }
}
