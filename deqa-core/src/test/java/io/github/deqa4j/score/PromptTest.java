package io.github.deqa4j.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.testkit.Golden;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptTest {
    private static final SentencePieceTokenizer MINI =
            SentencePieceTokenizer.read(Golden.mini().resolve("tokenizer.model"));

    @Test
    void textsAreThoseOfTheReleasedCode() {
        assertThat(Prompt.SCORER.text())
                .isEqualTo("USER: How would you rate the quality of this image?\n<|image|>\n"
                        + "ASSISTANT: The quality of the image is");
        assertThat(Prompt.EVALUATION.text())
                .isEqualTo("USER: How would you rate the quality of this image?\n<|image|> "
                        + "ASSISTANT: The quality of the image is");
        assertThat(Prompt.training("Rate it.").text())
                .isEqualTo("A chat between a curious user and an artificial intelligence assistant. The assistant gives"
                        + " helpful, detailed, and polite answers to the user's questions. USER: <|image|>\nRate it."
                        + " ASSISTANT: The quality of the image is");
    }

    @Test
    void aPromptHasAShortWord() {
        assertThat(Prompt.SCORER.word()).isEqualTo("scorer");
        assertThat(new Prompt(Prompt.EVALUATION.text()).word()).isEqualTo("evaluation");
        assertThat(new Prompt("Rate <|image|>").word()).isEqualTo("sha256:cd6ddc9801f67ce9");
    }

    @Test
    void idsOfTheMiniModelEqualTheAuthors() {
        comparePrompts(MINI, Golden.mini().resolve("model/expected.json"));
    }

    @Test
    void idsOfTheRealVocabularyEqualTheAuthors() {
        comparePrompts(
                SentencePieceTokenizer.read(Golden.external("tokenizer.model")),
                Golden.external("models/tiny/expected.json"));
    }

    private static void comparePrompts(SentencePieceTokenizer tokenizer, Path expected) {
        JsonNode golden = Golden.json(expected);
        assertThat(TokenIds.of(Prompt.SCORER, tokenizer).joined())
                .isEqualTo(Golden.ints(golden.get("prompt.scorer.ids")));
        assertThat(TokenIds.of(Prompt.EVALUATION, tokenizer).joined())
                .isEqualTo(Golden.ints(golden.get("prompt.evaluation.ids")));
        assertThat(LevelTokens.of(tokenizer).ids()).isEqualTo(Golden.ints(golden.get("level_ids")));
        assertThat(golden.get("train.rows")).isNotEmpty().allSatisfy(row -> compareTraining(tokenizer, row));
    }

    /** A row's ids are the prompt, the level word, the full stop and the end. */
    private static void compareTraining(SentencePieceTokenizer tokenizer, JsonNode row) {
        String question = row.at("/conversations/0/value").asText().replace("\n" + Prompt.IMAGE, "");
        int[] ids = Golden.ints(row.get("input_ids"));

        assertThat(TokenIds.of(Prompt.training(question), tokenizer).joined())
                .isEqualTo(IntStream.of(ids).limit(ids.length - 3L).toArray());
    }

    @Test
    void idsWithTheRealVocabularyAreThoseOfTheSpecification() {
        SentencePieceTokenizer llama = SentencePieceTokenizer.read(Golden.external("tokenizer.model"));

        assertThat(TokenIds.of(Prompt.EVALUATION, llama).toString())
                .isEqualTo("[1, 3148, 1001, 29901, 1128, 723, 366, 6554, 278, 11029, 310, 445, 1967, 29973, 13, -200,"
                        + " 29871, 319, 1799, 9047, 13566, 29901, 450, 11029, 310, 278, 1967, 338]");
        assertThat(LevelTokens.of(llama).ids()).containsExactly(15129, 1781, 6534, 6460, 4319);
    }

    @Test
    void eachSideOfTheImageIsEncodedOnItsOwn() {
        TokenIds ids = TokenIds.of(new Prompt("a <|image|>a"), MINI);

        assertThat(ids.before()).containsExactly(1, 260, 406);
        assertThat(ids.after()).containsExactly(260);
    }

    @Test
    void theBeginningStandsFirstWhereTheImageComesFirst() {
        assertThat(TokenIds.of(new Prompt("<|image|>a"), MINI).joined()).containsExactly(1, TokenIds.IMAGE, 260);
        assertThat(TokenIds.of(new Prompt("<|image|>"), MINI).joined()).containsExactly(1, TokenIds.IMAGE);
    }

    @Test
    void aPromptNeedsAPlaceForTheImage() {
        assertThatThrownBy(() -> new Prompt("How good is it?"))
                .isExactlyInstanceOf(InvalidSettingException.class)
                .hasMessage("the prompt contains <|image|> 0 times; it must contain it once,"
                        + " where the image is to stand");
    }

    @Test
    void aPromptHasOneImage() {
        assertThatThrownBy(() -> Prompt.training("<|image|>Rate it."))
                .isExactlyInstanceOf(InvalidSettingException.class)
                .hasMessage("the prompt contains <|image|> 2 times; it must contain it once,"
                        + " where the image is to stand");
    }
}
