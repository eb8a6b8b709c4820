package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatATerminalWouldActOnIsShown() {
        assertThat(Printable.visible("a\nb\tc\rd\u001b[2J\u0000\u007f\u009b"))
                .isEqualTo("a\\nb\\tc\\rd\\u001b[2J\\u0000\\u007f\\u009b");
    }

    @Test
    void whatIsNotSeenIsShown() {
        assertThat(Printable.visible("\u202egnp.exe\u2066\u200b\ufeff\u2028\u3164\ud800"))
                .isEqualTo("\\u202egnp.exe\\u2066\\u200b\\ufeff\\u2028\\u3164\\ud800");
        assertThat(Printable.visible("\udb40\udc41")).isEqualTo("\\udb40\\udc41"); // U+E0041, a tag
    }

    @Test
    void lettersStayAsTheyAre() {
        String text = "Grüße, naïve cafe\u0301 \\n 日本語 ×÷ 😀";
        assertThat(Printable.visible(text)).isEqualTo(text);
    }

    @Test
    void wideLettersTakeTwoColumnsAndMarksNone() {
        assertThat(Printable.columns("abc")).isEqualTo(3);
        assertThat(Printable.columns("日本、かな한")).isEqualTo(12);
        assertThat(Printable.columns("ｱ！")).isEqualTo(3);
        assertThat(Printable.columns("e\u0301😀")).isEqualTo(3);
    }

    @Test
    void theEndOfATextFitsItsColumns() {
        assertThat(Printable.end("abcdef", 3)).isEqualTo("def");
        assertThat(Printable.end("日本語", 3)).isEqualTo("語");
        assertThat(Printable.end("日本語", 9)).isEqualTo("日本語");
        assertThat(Printable.end("xe\u0301", 0)).isEmpty();
    }

    @Test
    void aLongMessageLosesItsMiddle() {
        String message = "start" + "x".repeat(100_000) + "end";
        assertThat(Printable.line(message))
                .hasSize(1003)
                .startsWith("startxx")
                .contains("x … x")
                .endsWith("xend");
    }
}
