package io.github.deqa4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonProblemTest {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1, \"a\":2}| line 1, column 12: this is not valid JSON: the key \"a\" stands twice",
                "[1 2]| line 1, column 4: this is not valid JSON: there is '2' where it cannot stand",
                "[1,2}| line 1, column 5: this is not valid JSON: there is } where ] must stand",
                "{\"a\":1| line 1, column 7: this is not valid JSON: the text ends too soon",
                "[\"x| line 1, column 4: this is not valid JSON: the text ends too soon",
                "[tru]| line 1, column 2: this is not valid JSON: there is tru where a value must stand",
                "[NaN]| line 1, column 5: this is not valid JSON: there is NaN where a value must stand",
                "{} {}| line 1, column 4: this is not valid JSON: something stands after the end of the JSON value",
                "[01]| line 1, column 3: this is not valid JSON: a text or a number is not written as JSON writes it"
            })
    void theReasonAndThePlaceAreSaid(String text, String sentence) {
        assertThat(JsonProblem.sentence(problem(text))).isEqualTo(sentence);
    }

    @Test
    void aLimitOfTheParserHasNoPlace() {
        JsonProcessingException deep = problem("[".repeat(2000));
        assertThat(JsonProblem.sentence(deep)).isEqualTo("line 1: this is not valid JSON: it is nested too deeply");
        assertThat(JsonProblem.sentence(deep, 7)).startsWith("line 7: ");
        assertThat(JsonProblem.reason(problem("[" + "1".repeat(2000) + "]")))
                .isEqualTo("a name, text or number in it is too long");
    }

    @Test
    void aTextThatIsCutShortIsToldFromOthers() {
        assertThat(JsonProblem.isCutShort(problem("[1,"))).isTrue();
        assertThat(JsonProblem.isCutShort(problem("[1,]"))).isFalse();
    }

    @Test
    void nothingOfTheParserIsSaidAndNothingThatSteersATerminal() {
        String whole = "{\"a\": [1.5, true, null, \"x\\n\"], \"b\": {\"c\": -2e3}}";
        Random random = new Random(5);
        for (int trial = 0; trial < 2000; trial++) {
            char[] damaged =
                    whole.substring(0, 1 + random.nextInt(whole.length())).toCharArray();
            damaged[random.nextInt(damaged.length)] = (char) random.nextInt(128);
            try {
                JSON.readTree(new String(damaged));
            } catch (JsonProcessingException e) {
                assertThat(JsonProblem.sentence(e))
                        .doesNotContainPattern("\\p{Cntrl}|Source|REDACTED|marker|expect|Feature|CTRL|code|token");
            }
        }
    }

    private static JsonProcessingException problem(String text) {
        return catchThrowableOfType(JsonProcessingException.class, () -> JSON.readTree(text));
    }
}
