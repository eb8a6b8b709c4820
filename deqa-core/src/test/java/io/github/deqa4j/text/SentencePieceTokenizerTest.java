package io.github.deqa4j.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.testkit.Golden;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencePieceTokenizerTest {
    private static final SentencePieceTokenizer MINI =
            SentencePieceTokenizer.read(Golden.mini().resolve("tokenizer.model"));

    @TempDir
    private Path directory;

    @Test
    void idsOfTheMiniVocabularyEqualThoseOfTheAuthors() {
        compare(MINI, Golden.json(Golden.mini().resolve("tokens.json")));
    }

    @Test
    void idsOfTheRealVocabularyEqualThoseOfTheAuthors() {
        SentencePieceTokenizer llama = SentencePieceTokenizer.read(Golden.external("tokenizer.model"));

        assertThat(llama.vocabularySize()).isEqualTo(32_000);
        compare(llama, Golden.json(Golden.external("tokens.json")).get("llama"));
    }

    private static void compare(SentencePieceTokenizer tokenizer, JsonNode texts) {
        assertThat(texts)
                .hasSizeGreaterThan(200)
                .allSatisfy(text -> assertThat(tokenizer.encode(text.get("text").asText()))
                        .as(text.get("text").toString())
                        .isEqualTo(Golden.ints(text.get("ids"))));
    }

    // The literal ids below were computed with sentencepiece and the algorithm of LlamaTokenizer, legacy=false.

    @Test
    void anEmptyTextIsTheBeginningAlone() {
        assertThat(MINI.encode("")).containsExactly(1);
    }

    @Test
    void everySpaceCounts() {
        assertThat(MINI.encode(" ")).containsExactly(1, 406, 406);
        assertThat(MINI.encode("   ")).containsExactly(1, 406, 406, 406, 406);
        assertThat(MINI.encode("the  image ")).containsExactly(1, 264, 406, 285, 406);
    }

    @Test
    void theMarkOfASpaceIsASpace() {
        assertThat(MINI.encode("▁")).containsExactly(MINI.encode(" "));
        assertThat(MINI.encode("▁a")).containsExactly(1, 406, 260);
        assertThat(MINI.encode("▁<s>")).containsExactly(1, 406, 406, 1);
    }

    @Test
    void aSpecialTokenAtTheStartTakesTheWordStartsPlace() {
        assertThat(MINI.encode("<unk>")).containsExactly(1, 0);
        assertThat(MINI.encode("</s></s>")).containsExactly(1, 2, 2);
        assertThat(MINI.encode("<s></s>")).containsExactly(1, 1, 2);
        assertThat(MINI.encode(" <s>a")).containsExactly(1, 406, 406, 1, 410);
    }

    @Test
    void noWordStartIsPutAfterASpecialToken() {
        assertThat(MINI.encode("<s>a")).containsExactly(1, 1, 410);
        assertThat(MINI.encode("<s> a")).containsExactly(1, 1, 260);
        assertThat(MINI.encode("<unk>a")).containsExactly(1, 0, 410);
        assertThat(MINI.encode("a<unk> b")).containsExactly(1, 260, 0, 276);
        assertThat(MINI.encode("a</s>\n")).containsExactly(1, 260, 2, 13);
        assertThat(MINI.encode("quality</s> quality")).containsExactly(1, 281, 2, 281);
    }

    @Test
    void namesOfBytesAndHalfASpecialTokenAreText() {
        assertThat(MINI.encode("<0x0A>")).containsExactly(1, 406, 63, 51, 444, 51, 428, 65);
        assertThat(MINI.encode("<s")).containsExactly(1, 406, 63, 412);
    }

    @Test
    void charactersWithoutAPieceBecomeBytes() {
        assertThat(MINI.encode("\0\t")).containsExactly(1, 406, 3, 12);
        assertThat(MINI.encode("a\nb\r\n")).containsExactly(1, 260, 13, 430, 16, 13);
        assertThat(MINI.encode("e\u0301")).containsExactly(1, 339, 207, 132);
        assertThat(MINI.encode("👨\u200D👩"))
                .containsExactly(1, 406, 243, 162, 148, 171, 229, 131, 144, 243, 162, 148, 172);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD83Db", "a\uDE00b", "a\uFFFDb"})
    void aLoneSurrogateIsTheReplacementCharacter(String text) {
        assertThat(MINI.encode(text)).containsExactly(1, 260, 242, 194, 192, 430);
    }

    @Test
    void surrogatesInTheWrongOrderAreTwoReplacementCharacters() {
        assertThat(MINI.encode("\uDE00\uD83D")).containsExactly(MINI.encode("\uFFFD\uFFFD"));
    }

    @Test
    void longTextsAreEncodedWhole() {
        int length = 1 << 20;

        assertThat(MINI.encode("x".repeat(length))).hasSize(2 + length).endsWith(444, 444);
        assertThat(MINI.encode(" ".repeat(length))).hasSize(2 + length).endsWith(406, 406);
        assertThat(MINI.encode("quality ".repeat(length / 8)))
                .hasSize(1 + length / 8 + 1)
                .endsWith(281, 281, 406);
    }

    @Test
    void decodingGivesBackTheText() {
        assertThat(MINI.decode(1, 293, 281, 282, 264, 285, 275, 351, 426, 2))
                .isEqualTo("The quality of the image is excellent.");
        assertThat(MINI.decode(1, 406, 243, 162, 155, 131)).isEqualTo("😀");
        assertThat(MINI.decode()).isEmpty();
    }

    @Test
    void decodingMarksBytesThatAreNotText() {
        assertThat(MINI.decode(243, 162, 155)).isEqualTo("\uFFFD");
        assertThat(MINI.decode(258, 260)).isEqualTo("\uFFFD a");
    }

    @Test
    void decodingShowsTheUnknownToken() {
        assertThat(MINI.decode(1, 260, 0)).isEqualTo("a<unk>");
    }

    @Test
    void decodingUndoesEncodingForRandomTexts() {
        Random random = new Random(20_251);
        for (int i = 0; i < 2_000; i++) {
            String text = randomText(random);

            assertThat(MINI.decode(MINI.encode(text))).isEqualTo(text);
        }
    }

    private static String randomText(Random random) {
        int[] limits = {0x80, 0x800, 0xD800, Character.MAX_CODE_POINT + 1};
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(20); length > 0; length--) {
            int codePoint = random.nextInt(limits[random.nextInt(limits.length)]);
            boolean lone = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            text.appendCodePoint(lone || codePoint == '▁' || codePoint == '<' ? ' ' : codePoint);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {-200, -1, 448})
    void decodingRefusesIdsBeyondTheVocabulary(int id) {
        assertThatThrownBy(() -> MINI.decode(1, id))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the token id " + id + " is not in the vocabulary; ids run from 0 to 447");
    }

    @Test
    void piecesAreFoundByName() {
        assertThat(MINI.pieceId("▁excellent")).hasValue(351);
        assertThat(MINI.pieceId("<0xFF>")).hasValue(258);
        assertThat(MINI.pieceId("</s>")).hasValue(2);
        assertThat(MINI.pieceId("excellent")).isEmpty();
        assertThat(MINI.vocabularySize()).isEqualTo(448);
    }

    @Test
    void theBestScoreIsMergedFirst() {
        SentencePieceTokenizer tokenizer = read(SentencePieceWriter.withBytes().normal("bc", "ab", "▁", "a", "b", "c"));

        assertThat(tokenizer.encode("abc")).containsExactly(1, 261, 262, 259);
    }

    @Test
    void theLeftmostOfEqualsIsMergedFirst() {
        SentencePieceTokenizer tokenizer = read(SentencePieceWriter.withBytes()
                .piece("aa", -0f, SentencePieceWriter.NORMAL)
                .piece("▁", -1, SentencePieceWriter.NORMAL)
                .piece("ab", 0f, SentencePieceWriter.NORMAL)
                .piece("a", -3, SentencePieceWriter.NORMAL)
                .piece("b", -4, SentencePieceWriter.NORMAL));

        assertThat(tokenizer.encode("aaab")).containsExactly(1, 260, 259, 261);
        assertThat(tokenizer.encode("aab")).containsExactly(1, 260, 259, 263);
        assertThat(tokenizer.encode("abaa")).containsExactly(1, 260, 261, 259);
    }

    @Test
    void aUserDefinedPieceStaysWholeAndTheLongestIsTaken() {
        SentencePieceTokenizer tokenizer = read(SentencePieceWriter.withBytes()
                .piece("ab", 0, SentencePieceWriter.USER_DEFINED)
                .piece("abc", 0, SentencePieceWriter.USER_DEFINED)
                .normal("▁a", "cd", "▁", "a", "b", "c", "d", "abd", "▁ab"));

        assertThat(tokenizer.encode("abcd")).containsExactly(1, 263, 260, 267);
        assertThat(tokenizer.encode("abab")).containsExactly(1, 263, 259, 259);
        assertThat(tokenizer.encode("abd")).containsExactly(1, 263, 259, 267);
        assertThat(tokenizer.encode("acd")).containsExactly(1, 261, 262);
    }

    @Test
    void textIsNeverMergedIntoAControlPiece() {
        SentencePieceTokenizer tokenizer = read(SentencePieceWriter.withBytes()
                .piece("ab", 0, SentencePieceWriter.CONTROL)
                .normal("▁", "a", "b", "xyz"));

        assertThat(tokenizer.encode("ab")).containsExactly(1, 260, 261, 262);
        assertThat(tokenizer.pieceId("ab")).hasValue(259);
    }

    @Test
    void withoutByteFallbackARunOfUnknownCharactersIsOneUnknownToken() {
        SentencePieceTokenizer tokenizer =
                read(SentencePieceWriter.withoutBytes().normal("▁", "a"));

        assertThat(tokenizer.encode("xyaz😀a")).containsExactly(1, 3, 0, 4, 0, 4);
    }

    private SentencePieceTokenizer read(SentencePieceWriter model) {
        return SentencePieceTokenizer.read(model.write(directory));
    }
}
