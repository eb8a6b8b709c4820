package io.github.deqa4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.testkit.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Conversations as the authors' code encodes them. */
class TrainingPromptTest {
    private static final String QUESTION = "How do you assess the quality of this image?\n<|image|>";

    @Test
    void idsAndLabelsOfTheMiniModelEqualTheAuthors() {
        compare(Golden.mini().resolve("tokenizer.model"), Golden.mini().resolve("model/expected.json"));
    }

    @Test
    void idsAndLabelsOfTheRealVocabularyEqualTheAuthors() {
        compare(Golden.external("tokenizer.model"), Golden.external("models/tiny/expected.json"));
    }

    @Test
    void theLevelWordIsFoundInTheAnswer() {
        SentencePieceTokenizer tokenizer = mini();
        TrainingPrompt prompt = TrainingPrompt.of(tokenizer, QUESTION, "The quality of the image is poor.");

        int level = prompt.level().orElseThrow();
        assertThat(prompt.answer()[level]).isEqualTo(LevelTokens.of(tokenizer).ids()[3]);
        assertThat(prompt.answer().length).isEqualTo(level + 3); // the word, a full stop, the end
        assertThat(prompt.answerStart() + prompt.answer().length)
                .isEqualTo(prompt.ids().after().length);
    }

    @Test
    void freeTextHasNoLevel() {
        TrainingPrompt prompt = TrainingPrompt.of(mini(), "Describe this image.", "A good image, with some noise.");

        assertThat(prompt.level()).isEmpty();
        assertThat(prompt.answer()).endsWith(2);
    }

    @Test
    void theImageComesFirstWhereverTheQuestionHasIt() {
        TrainingPrompt last = TrainingPrompt.of(mini(), "Rate it.\n<|image|>", "The quality of the image is good.");
        TrainingPrompt first = TrainingPrompt.of(mini(), "<|image|>\nRate it.", "The quality of the image is good.");

        assertThat(first.ids()).isEqualTo(last.ids());
    }

    @Test
    void everythingBeforeTheAnswerIsIgnored() {
        TrainingPrompt prompt = TrainingPrompt.of(mini(), QUESTION, "The quality of the image is good.");
        int[] labels = prompt.labels();
        int start = labels.length - prompt.answer().length;

        assertThat(Arrays.copyOf(labels, start)).containsOnly(TrainingPrompt.IGNORED);
        assertThat(Arrays.copyOfRange(labels, start, labels.length)).isEqualTo(prompt.answer());
    }

    private static void compare(Path vocabulary, Path answers) {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.read(vocabulary);
        JsonNode rows = Golden.json(answers).get("train.rows");
        assertThat(rows).isNotEmpty();
        for (JsonNode row : rows) {
            JsonNode talk = row.get("conversations");
            TrainingPrompt prompt = TrainingPrompt.of(
                    tokenizer,
                    talk.get(0).get("value").asText(),
                    talk.get(1).get("value").asText());

            assertThat(prompt.ids().joined()).isEqualTo(Golden.ints(row.get("input_ids")));
            assertThat(prompt.labels()).isEqualTo(Golden.ints(row.get("labels")));
            assertThat(prompt.level()).isPresent();
        }
    }

    private static SentencePieceTokenizer mini() {
        return SentencePieceTokenizer.read(Golden.mini().resolve("tokenizer.model"));
    }
}
