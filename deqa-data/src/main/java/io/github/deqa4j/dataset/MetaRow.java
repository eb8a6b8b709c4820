package io.github.deqa4j.dataset;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An image of a training or test file.
 *
 * @param id unique in its file, {@code <basename>-><mos as written>}
 * @param image path of the image below the image root
 * @param taskType what is asked of the image
 * @param truth mean and std of the ratings; always present for {@link TaskType#SCORE}
 * @param label the soft label to train with; absent in test files and for descriptions
 * @param conversation questions and answers, the human first; empty in test files
 */
public record MetaRow(
        String id,
        String image,
        TaskType taskType,
        Optional<Truth> truth,
        Optional<Label> label,
        List<Turn> conversation) {
    /**
     * Checks that the parts fit together.
     *
     * @throws DeqaException if a row of type score has no truth
     */
    public MetaRow {
        conversation = List.copyOf(conversation);
        if (taskType == TaskType.SCORE && truth.isEmpty()) {
            throw new DeqaException(
                    Excerpt.quoted(id) + " has no gt_score; only rows of task_type \"description\" may lack it");
        }
    }

    /** What is asked of an image. */
    public enum TaskType {
        /** A level word, and with it a score. */
        SCORE,
        /** An answer in free text. */
        DESCRIPTION;

        /** The word of the files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Mean and standard deviation of the ratings, on the data set's own scale and on the scale of levels.
     *
     * @param score mean opinion score, as the data set has it
     * @param scoreNorm the same on [1, 5]
     * @param std standard deviation, as the data set has it; absent where it has none
     * @param stdNorm the same on the scale of levels
     */
    public record Truth(double score, double scoreNorm, OptionalDouble std, OptionalDouble stdNorm) {}

    /**
     * A soft label.
     *
     * @param raw values of the density before adjustment; absent where there is no density, as for a std of 0
     * @param probabilities what the network is trained towards; its mass may differ from 1
     */
    public record Label(Optional<LevelValues> raw, LevelValues probabilities) {}

    /**
     * One message of a conversation.
     *
     * @param from {@code human} or {@code gpt}
     * @param value the text; {@code <|image|>} stands for the image
     */
    public record Turn(String from, String value) {}
}
