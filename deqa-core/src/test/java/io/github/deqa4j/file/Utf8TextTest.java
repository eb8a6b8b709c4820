package io.github.deqa4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Utf8TextTest {
    private static final String TEXT = "a\u00E9\uD83D\uDE00\r\n";

    @TempDir
    private Path folder;

    @Test
    void theMarkIsDroppedOnce() throws IOException {
        assertThat(Utf8Text.decode(utf8(TEXT))).isEqualTo(TEXT);
        assertThat(Utf8Text.decode(utf8("\uFEFF" + TEXT))).isEqualTo(TEXT);
        assertThat(Utf8Text.decode(utf8("\uFEFF\uFEFF"))).isEqualTo("\uFEFF");
        assertThat(Utf8Text.decode(new byte[0])).isEmpty();
        assertThat(opened(utf8("\uFEFF" + TEXT))).isEqualTo(TEXT);
        assertThat(opened(utf8(TEXT))).isEqualTo(TEXT);
        assertThat(opened(new byte[0])).isEmpty();
    }

    @Test
    void aMarkIsThreeBytes() {
        assertThat(Utf8Text.markBytes(utf8("\uFEFFa"))).isEqualTo(3);
        assertThat(Utf8Text.markBytes(new byte[] {(byte) 0xEF, (byte) 0xBB})).isZero();
        assertThat(Utf8Text.markBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, 0})).isZero();
    }

    @Test
    void otherEncodingsAreErrors() {
        byte[] latin = TEXT.getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Utf8Text.decode(latin)).isInstanceOf(CharacterCodingException.class);
        assertThatThrownBy(() -> opened(latin)).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void utf16IsKnownByItsMark() {
        assertThat(Utf8Text.isUtf16("\uFEFFa".getBytes(StandardCharsets.UTF_16LE)))
                .isTrue();
        assertThat(Utf8Text.isUtf16("\uFEFFa".getBytes(StandardCharsets.UTF_16BE)))
                .isTrue();
        assertThat(Utf8Text.isUtf16(utf8("\uFEFFa"))).isFalse();
        assertThat(Utf8Text.isUtf16(new byte[] {(byte) 0xFE})).isFalse();
    }

    @Test
    void theFirstInvalidByteIsFoundInALongText() {
        byte[] bytes = utf8("\u00E9".repeat(20_000));
        ByteBuffer text = ByteBuffer.wrap(bytes).position(2);
        assertThat(Utf8Text.firstInvalid(text, StandardCharsets.UTF_8)).isEmpty();
        bytes[30_000] = (byte) 0xFF;
        assertThat(Utf8Text.firstInvalid(text, StandardCharsets.UTF_8)).hasValue(29_998);
        assertThat(text.position()).isEqualTo(2);
        ByteBuffer cut = ByteBuffer.wrap(bytes, 0, 3);
        assertThat(Utf8Text.firstInvalid(cut, StandardCharsets.UTF_8)).hasValue(2);
        assertThat(Utf8Text.firstInvalid(cut, StandardCharsets.UTF_16)).hasValue(2);
    }

    private String opened(byte[] bytes) throws IOException {
        try (BufferedReader text = Utf8Text.open(Files.write(folder.resolve("text"), bytes))) {
            return text.lines().map(line -> line + "\r\n").reduce("", String::concat);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
