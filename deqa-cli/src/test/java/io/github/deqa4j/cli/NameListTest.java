package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameListTest {
    @Test
    void aLineIsANameWithoutItsEnd() {
        assertThat(names("a.png\r\n\n  \nb c.png\nlast", false)).containsExactly("a.png", "b c.png", "last");
        assertThat(names("", false)).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() {
        assertThat(names("\uFEFFa.png\n\uFEFFb.png", false)).containsExactly("a.png", "\uFEFFb.png");
        assertThat(names("\uFEFFa.png\0", true)).containsExactly("a.png");
    }

    @Test
    void aNameThatAZeroByteEndsMayHoldAnythingElse() {
        assertThat(names("a\n.png\0 \0\0b\r", true)).containsExactly("a\n.png", " ", "b\r");
    }

    @Test
    void aNameThatIsNoUtf8IsSaidToBeSo() {
        byte[] bytes = "caf\u00e9.png\nok.png\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(list(bytes, false).names())
                .containsExactly(
                        new NameList.Name(
                                "caf\\xE9.png",
                                "caf\\xE9.png: this name is not in UTF-8, so the file cannot be opened by it; rename the file"),
                        new NameList.Name("ok.png", ""));
    }

    @Test
    void aListInAnotherEncodingIsRefused() {
        for (byte[] bytes : List.of(
                "\uFEFFa.png".getBytes(StandardCharsets.UTF_16LE), "\uFEFFa.png".getBytes(StandardCharsets.UTF_16BE))) {
            assertThatThrownBy(() -> list(bytes, false).names())
                    .isInstanceOf(CommandException.class)
                    .hasMessage("the list on standard input is in UTF-16; save it in UTF-8");
        }
        byte[] unmarked = "a.png\n".getBytes(StandardCharsets.UTF_16LE);
        assertThatThrownBy(() -> list(unmarked, false).names())
                .hasMessage(
                        "the list on standard input has zero bytes; add -0 if each ends a name, as those of find -print0"
                                + " do, or save the list in UTF-8 if it is in UTF-16");
    }

    private static List<String> names(String text, boolean zeroEnded) {
        return list(text.getBytes(StandardCharsets.UTF_8), zeroEnded)
                .names()
                .map(NameList.Name::text)
                .toList();
    }

    private static NameList list(byte[] bytes, boolean zeroEnded) {
        return new NameList(new ByteArrayInputStream(bytes), zeroEnded);
    }
}
