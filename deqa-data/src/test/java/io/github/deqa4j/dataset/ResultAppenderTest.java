package io.github.deqa4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultAppenderTest {
    private static final ResultRow A = row("a");
    private static final ResultRow B = row("b");

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("results.jsonl");
    }

    @Test
    void rowsAreThereAsSoonAsTheyAreAppended() throws IOException {
        try (ResultAppender appender = new ResultAppender(file)) {
            appender.append(A);
            assertThat(Files.readString(file))
                    .isEqualTo(
                            "{\"id\": \"a\", \"image\": \"a.jpg\", \"gt_score\": 3.5, \"logits\": {\"excellent\": 1.0, \"good\": 2.0,"
                                    + " \"fair\": 3.0, \"poor\": -4.5, \"bad\": 1e-05}}\n");
        }
    }

    @Test
    void aSecondRunKnowsTheRowsOfTheFirst() {
        append(A);
        try (ResultAppender appender = new ResultAppender(file)) {
            assertThat(appender.kept()).containsKey("a");
            assertThat(appender.kept()).doesNotContainKey("b");
            appender.append(B);
        }
        assertThat(ResultFile.read(file).rows()).containsExactly(A, B);
    }

    @Test
    void theStartOfARowIsCutOffWhereverItEnds() throws IOException {
        append(A);
        String first = Files.readString(file);
        String second = first.replace("\"a\"", "\"b\"").strip();
        for (int length = 1; length < second.length(); length++) {
            Files.writeString(file, first + second.substring(0, length));
            try (ResultAppender appender = new ResultAppender(file)) {
                assertThat(appender.kept()).doesNotContainKey("b");
            }
            assertThat(file).hasContent(first.strip());
        }
    }

    @Test
    void aWholeRowWithoutItsNewlineIsKept() throws IOException {
        append(A);
        Files.writeString(file, Files.readString(file).strip());
        append(B);
        assertThat(ResultFile.read(file).rows()).containsExactly(A, B);
    }

    @Test
    void aFileOfSomethingElseIsLeftAlone() throws IOException {
        Files.writeString(file, "a diary");
        assertThatThrownBy(() -> new ResultAppender(file))
                .isInstanceOf(DeqaException.class)
                .hasMessage(file + ": the last line is not a row of results; choose another file");
        assertThat(file).hasContent("a diary");
    }

    @Test
    void anIdIsAppendedOnce() {
        try (ResultAppender appender = new ResultAppender(file)) {
            appender.append(A);
            assertThatThrownBy(() -> appender.append(A))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessage(file + ": there is a row with the id \"a\" already");
        }
    }

    @Test
    void resultsOfTheReleaseAreWrittenToTheByte() {
        Path released = Golden.shipped("metrics/predictions.jsonl");
        try (ResultAppender appender = new ResultAppender(file)) {
            ResultFile.read(released).rows().forEach(appender::append);
        }
        assertThat(file).hasSameBinaryContentAs(released);
    }

    private void append(ResultRow row) {
        try (ResultAppender appender = new ResultAppender(file)) {
            appender.append(row);
        }
    }

    private static ResultRow row(String id) {
        return new ResultRow(
                id,
                id + ".jpg",
                OptionalDouble.of(3.5),
                LevelValues.of(1, 2, 3, -4.5, 1e-5),
                Optional.empty(),
                Optional.empty());
    }
}
