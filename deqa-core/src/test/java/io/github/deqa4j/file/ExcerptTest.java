package io.github.deqa4j.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void aShortValueIsShownAsItIs() {
        assertThat(Excerpt.of("a\u00E9 \uD83D\uDE00")).isEqualTo("a\u00E9 \uD83D\uDE00");
        assertThat(Excerpt.of(1.5)).isEqualTo("1.5");
        assertThat(Excerpt.of(null)).isEqualTo("null");
        assertThat(Excerpt.of("x".repeat(100))).isEqualTo("x".repeat(100));
    }

    @Test
    void aLongValueIsCutBetweenCharacters() {
        assertThat(Excerpt.of("x".repeat(101))).isEqualTo("x".repeat(99) + "…");
        assertThat(Excerpt.of("x".repeat(98) + "\uD83D\uDE00\uD83D\uDE00")).isEqualTo("x".repeat(98) + "…");
    }

    @Test
    void invisibleCharactersAreReplaced() {
        assertThat(Excerpt.of("a\tb\nc\u001B[2Jd\u202Ee\u2028f\uD83Dg"))
                .isEqualTo("a\\tb\uFFFDc\uFFFD[2Jd\uFFFDe\uFFFDf\uFFFDg");
        assertThat(Excerpt.quoted("\u0000")).isEqualTo("\"\uFFFD\"");
    }

    @Test
    void aListShowsEightNamesAndCountsTheRest() {
        assertThat(Excerpt.list(List.of("a", "b"))).isEqualTo("\"a\", \"b\"");
        assertThat(Excerpt.list(IntStream.range(0, 10).mapToObj(String::valueOf).toList()))
                .isEqualTo("\"0\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\" and 2 more");
    }

    @Test
    void aReasonIsOneLine() {
        assertThat(Excerpt.reason(new IllegalStateException(" a\n\tb\u0007 c ")))
                .isEqualTo("a b c");
        assertThat(Excerpt.reason(new IllegalStateException(" "))).isEqualTo("IllegalStateException");
        assertThat(Excerpt.reason(new IllegalStateException())).isEqualTo("IllegalStateException");
        assertThat(Excerpt.reason(new IllegalStateException("y".repeat(300)))).isEqualTo("y".repeat(199) + "…");
        assertThat(Excerpt.line("a  b", 3)).isEqualTo("a b");
    }
}
