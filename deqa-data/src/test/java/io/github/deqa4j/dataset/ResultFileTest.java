package io.github.deqa4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFileTest {
    private static final String LOGITS =
            "\"logits\": {\"excellent\": 5.5, \"good\": 4.0, \"fair\": 3.0, \"poor\": -2.0, \"bad\": 0.0}";

    @TempDir
    Path folder;

    @Test
    void whatWindowsToolsWriteIsRead() throws IOException {
        String row = "{\"id\": \"%s\", \"image\": \"a.jpg\", " + LOGITS + "}";
        Path file = lines("\uFEFF" + String.format(row, "a") + "\r\n" + String.format(row, "b") + "\r");

        assertThat(ResultFile.read(file).rows()).extracting(ResultRow::id).containsExactly("a", "b");
    }

    @Test
    void anotherFormIsNamed() throws IOException {
        Path array = lines("\n [{\"id\": 1}]");
        assertThatThrownBy(() -> ResultFile.read(array))
                .hasMessage(array
                        + ": line 2 is the start of a JSON array; wanted are results, a JSON object on each line");
        Path object = lines("{\n \"a\": 1\n}");
        assertThatThrownBy(() -> ResultFile.read(object))
                .hasMessage(object
                        + ": line 1 is the start of a JSON object over several lines; wanted are results, a JSON object on"
                        + " each line");
        Path utf16 =
                Files.write(folder.resolve("utf16.jsonl"), ("\uFEFF" + LOGITS).getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> ResultFile.read(utf16))
                .hasMessage(utf16 + ": the file is in UTF-16; save it as UTF-8");
    }

    @Test
    void aLongValueIsCut() throws IOException {
        String row = "{\"id\": \"" + "x".repeat(5000) + "\", \"image\": \"a.jpg\", " + LOGITS + "}";
        Path file = lines(row + "\n" + row);

        assertThatThrownBy(() -> ResultFile.read(file))
                .hasMessage(file + ": line 2 has the id \"" + "x".repeat(99)
                        + "…\", which an earlier line has; ids must be unique");
    }

    @Test
    void rowsAreReadInTheirOrder() throws IOException {
        ResultFile file = ResultFile.read(
                lines(
                        "{\"id\": \"a\", \"image\": \"a.jpg\", \"gt_score\": 3.5, \"model\": \"m\", " + LOGITS
                                + "}\n\n{\"id\": \"b\", \"image\": \"b.jpg\", " + LOGITS
                                + ", \"probs\": {\"bad\": 0, \"poor\": 0, \"fair\": 0.25, \"good\": 0.5, \"excellent\": 0.125}}"));

        LevelValues logits = LevelValues.of(5.5, 4, 3, -2, 0);
        assertThat(file.rows())
                .containsExactly(
                        new ResultRow("a", "a.jpg", OptionalDouble.of(3.5), logits, Optional.empty(), Optional.of("m")),
                        new ResultRow(
                                "b",
                                "b.jpg",
                                OptionalDouble.empty(),
                                logits,
                                Optional.of(LevelValues.of(0.125, 0.5, 0.25, 0, 0)),
                                Optional.empty()));
    }

    @Test
    void aResultHasWhatTheRowOfTheTestFileHas() {
        MetaRow.Truth truth = new MetaRow.Truth(3.5, 4, OptionalDouble.empty(), OptionalDouble.empty());
        MetaRow row =
                new MetaRow("a->3.5", "a.jpg", MetaRow.TaskType.SCORE, Optional.of(truth), Optional.empty(), List.of());

        assertThat(ResultRow.of(row, new double[] {5, 4, 3, 2, 1}, "m"))
                .isEqualTo(new ResultRow(
                        "a->3.5",
                        "a.jpg",
                        OptionalDouble.of(3.5),
                        LevelValues.of(5, 4, 3, 2, 1),
                        Optional.empty(),
                        Optional.of("m")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| the file has no rows",
                "{\"id\": \"a\"}| line 1 has no \"image\"; the file cannot be used without it",
                "{\"id\": 7}| line 1, \"id\" is 7; it must be a text",
                "{\"id\": \"a\", \"image\": \"a\", \"logits\": {\"excellent\": 1, \"good\": 1, \"fair\": 1, \"poor\": 1}}| line 1, \"logits\" has no \"bad\"; the file cannot be used without it",
                "{\"id\": \"a\", \"image\": \"a\", \"logits\": {\"excellent\": NaN}}| line 1, \"logits\" has NaN for \"excellent\"; it must be a finite number",
                "{\"id\": \"a\", \"image\": \"a\", \"logits\": {\"excellent\": -Infinity}}| line 1, \"logits\" has -Infinity for \"excellent\"; it must be a finite number",
                "{\"id\": \"a\", \"image\": \"a\", \"logits\": []}| line 1, \"logits\" is []; it must be an object"
            })
    void whatIsWrongIsSaid(String text) throws IOException {
        String content = text.substring(0, text.indexOf("| "));
        Path file = lines(content);
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": " + text.substring(content.length() + 2));
    }

    @Test
    void theLineOfASecondRowWithOneIdIsNamed() throws IOException {
        String row = "{\"id\": \"a\", \"image\": \"a\", " + LOGITS + "}\n";
        Path file = lines(row + row);
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": line 2 has the id \"a\", which an earlier line has; ids must be unique");
    }

    @Test
    void aLastLineThatIsCutShortIsSaid() throws IOException {
        String row = "{\"id\": \"a\", \"image\": \"a\", " + LOGITS + "}\n";
        Path file = lines(row + row.substring(0, 20));
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file
                        + ": line 2, column 21: this is not valid JSON: the text ends too soon; its last line was cut"
                        + " short, so continue the run that wrote it");
        lines(row.substring(0, 20) + "\n" + row);
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": line 1, column 21: this is not valid JSON: the text ends too soon");
    }

    @Test
    void anotherKindOfFileIsSaid() throws IOException {
        Path file = lines("[\n{\"id\": \"a\"}]");
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        file + ": line 1 is the start of a JSON array; wanted are results, a JSON object on each line");
        assertThatThrownBy(() -> ResultFile.read(folder))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(folder + ": this is a folder; name a file");
    }

    @Test
    void anotherEncodingIsNamed() throws IOException {
        Path file = Files.write(folder.resolve("r.jsonl"), "{\"id\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": the file is in another encoding than UTF-8; save it as UTF-8");
    }

    private Path lines(String text) throws IOException {
        return Files.writeString(folder.resolve("r.jsonl"), text);
    }
}
