package io.github.deqa4j.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.testkit.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelTokensTest {
    private static final SentencePieceTokenizer MINI =
            SentencePieceTokenizer.read(Golden.mini().resolve("tokenizer.model"));

    @Test
    void idsAreThoseOfTheLevelWords() {
        int[] ids = LevelTokens.of(MINI).ids();

        assertThat(ids).containsExactly(351, 335, 338, 343, 346);
        for (int i = 0; i < ids.length; i++) {
            String answer = Prompt.ANSWER_STEM + " " + Level.ALL.get(i).word();
            assertThat(MINI.encode(answer)).endsWith(ids[i]);
        }
    }

    @Test
    void theIdsAreACopy() {
        LevelTokens tokens = LevelTokens.of(MINI);
        tokens.ids()[0] = 0;

        assertThat(tokens.ids()).startsWith(351);
    }

    @Test
    void aWordOfSeveralTokensIsRefused(@TempDir Path directory) {
        SentencePieceTokenizer tokenizer =
                SentencePieceTokenizer.read(SentencePieceWriter.withBytes().write(directory));

        assertThatThrownBy(() -> LevelTokens.of(tokenizer))
                .isExactlyInstanceOf(DeqaException.class)
                .hasMessage("the level \"excellent\" takes 12 tokens of this tokenizer instead of one;"
                        + " it is not the tokenizer of a scoring network");
    }

    @Test
    void anUnknownWordIsRefused(@TempDir Path directory) {
        SentencePieceTokenizer tokenizer =
                SentencePieceTokenizer.read(SentencePieceWriter.withoutBytes().write(directory));

        assertThatThrownBy(() -> LevelTokens.of(tokenizer))
                .isExactlyInstanceOf(DeqaException.class)
                .hasMessage("the level \"excellent\" is unknown to this tokenizer;"
                        + " it is not the tokenizer of a scoring network");
    }
}
