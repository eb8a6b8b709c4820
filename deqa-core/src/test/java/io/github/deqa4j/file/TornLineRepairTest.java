package io.github.deqa4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornLineRepairTest {
    @TempDir
    Path folder;

    @Test
    void aWholeRowGetsItsNewline() throws IOException {
        assertThat(mended("<a>\n<b>")).isEqualTo("<a>\n<b>\n");
        assertThat(mended("<a>")).isEqualTo("<a>\n");
    }

    @Test
    void theStartOfARowIsCutOffWhereverItEnds() throws IOException {
        byte[] row = "<é>".getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < row.length; length++) {
            byte[] text = Arrays.copyOf("<a>\n".getBytes(StandardCharsets.UTF_8), 4 + length);
            System.arraycopy(row, 0, text, 4, length);
            assertThat(mended(text)).isEqualTo("<a>\n");
        }
    }

    @Test
    void linesThatAreEndedStay() throws IOException {
        assertThat(mended("")).isEmpty();
        assertThat(mended("<a>\nb\n")).isEqualTo("<a>\nb\n");
    }

    @Test
    void aRowLongerThanABlockIsFound() throws IOException {
        String row = "<" + "x".repeat(200_000);
        assertThat(mended("<a>\n" + row)).isEqualTo("<a>\n");
        assertThat(mended("<a>\n" + row + ">")).isEqualTo("<a>\n" + row + ">\n");
    }

    @Test
    void anythingElseIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("rows"), "<a>\ndear diary");
        assertThatThrownBy(() -> mend(file))
                .isInstanceOf(DeqaException.class)
                .hasMessage(file + ": the last line is not a row of results; choose another file");
        assertThat(file).hasContent("<a>\ndear diary");
    }

    private String mended(String text) throws IOException {
        return mended(text.getBytes(StandardCharsets.UTF_8));
    }

    private String mended(byte[] text) throws IOException {
        Path file = Files.write(folder.resolve("rows"), text);
        mend(file);
        return Files.readString(file);
    }

    private static void mend(Path file) throws IOException {
        TornLineRepair.mend(file, "<", line -> line.endsWith(">"));
    }
}
