package io.github.deqa4j.torch.loss;

import io.github.deqa4j.DeqaException;
import org.bytedeco.pytorch.Tensor;

/**
 * One side of a batch of pairs, or a batch of single images: the logits of the network, the expected answers and the ratings.
 *
 * @param logits (N, V) at {@link Answers#positions}
 * @param answers with levels
 * @param ratings the rating of each row
 */
public record Side(Tensor logits, Answers answers, RatingTensors ratings) {
    /**
     * Checks the numbers of rows.
     *
     * @throws DeqaException if they differ, or the answers are free text
     */
    public Side {
        if (!answers.haveLevels() || answers.rows() != ratings.rows()) {
            throw new DeqaException("there are " + ratings.rows() + " ratings for " + answers.rows() + " answers"
                    + (answers.haveLevels() ? "" : " that say no level")
                    + "; each answer needs a level and a rating");
        }
        if (logits.size(0) != answers.positions().length) {
            throw new DeqaException("there are logits of " + logits.size(0) + " positions for answers of "
                    + answers.positions().length + " tokens; there must be one for each");
        }
    }

    /**
     * The predicted levels.
     *
     * @param levels token ids of the five levels, excellent to bad
     */
    public LevelPrediction prediction(int[] levels) {
        return LevelPrediction.of(answers.levelLogits(logits), levels);
    }
}
