package io.github.deqa4j.torch.loss;

import io.github.deqa4j.DeqaException;
import org.bytedeco.pytorch.Tensor;

/**
 * One side of a batch of pairs, or a batch of single images: what the network said, what it should have said, and what
 * people think.
 *
 * @param logits (N, V) at {@link Answers#positions}
 * @param answers with levels
 * @param opinions one for each row of the answers
 */
public record Side(Tensor logits, Answers answers, RatingTensors opinions) {
    /**
     * Checks that the three belong together.
     *
     * @throws DeqaException if they differ in their rows, or the answers are free text
     */
    public Side {
        if (!answers.haveLevels() || answers.rows() != opinions.rows()) {
            throw new DeqaException("there are " + opinions.rows() + " opinions for " + answers.rows() + " answers"
                    + (answers.haveLevels() ? "" : " that say no level")
                    + "; each answer needs a level and an opinion");
        }
        if (logits.size(0) != answers.positions().length) {
            throw new DeqaException("there are logits of " + logits.size(0) + " positions for answers of "
                    + answers.positions().length + " tokens; there must be one for each");
        }
    }

    /**
     * What the network says of the levels.
     *
     * @param levels token ids of the five levels, excellent to bad
     */
    public LevelPrediction prediction(int[] levels) {
        return LevelPrediction.of(answers.levelLogits(logits), levels);
    }
}
