package io.github.deqa4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.dataset.MetaRow.Label;
import io.github.deqa4j.dataset.MetaRow.TaskType;
import io.github.deqa4j.dataset.MetaRow.Truth;
import io.github.deqa4j.dataset.MetaRow.Turn;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaFileTest {
    private static final MetaRow ROW = new MetaRow(
            "a.jpg->3.40",
            "SET/a.jpg",
            TaskType.SCORE,
            Optional.of(new Truth(3.4, 3.5, OptionalDouble.of(0.5), OptionalDouble.of(0.625))),
            Optional.of(
                    new Label(Optional.of(LevelValues.of(0.25, 0.5, 0.5, 1e-5, 0)), LevelValues.of(0.5, 0.5, 0, 0, 0))),
            List.of(new Turn("human", "Rate it.\n<|image|>"), new Turn("gpt", "The quality of the image is good.")));

    @TempDir
    Path folder;

    @Test
    void anotherKindOfFileIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("split.json"), "{\"train\": []}");
        assertThatThrownBy(() -> MetaFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        file + ": the file holds a JSON object; wanted is a training or test file, a" + " JSON array");
        Files.writeString(file, "{\"id\": 1}\n{\"id\": 2}\n");
        assertThatThrownBy(() -> MetaFile.read(file))
                .hasMessage(file
                        + ": the file holds JSON lines, an object on each line as results have it; wanted is a training or"
                        + " test file, a JSON array");
        Files.writeString(file, " ");
        assertThatThrownBy(() -> MetaFile.read(file))
                .hasMessageStartingWith(file + ": the file holds nothing; wanted is");
    }

    @Test
    void aTrainingRowIsWrittenAsTheReleaseDoes() {
        Path file = folder.resolve("train.json");
        MetaFile.of(List.of(ROW)).write(file);
        assertThat(file).hasContent("""
                        [
                            {
                                "id": "a.jpg->3.40",
                                "image": "SET/a.jpg",
                                "gt_score": 3.4,
                                "gt_score_norm": 3.5,
                                "level_probs_org": [
                                    0.25,
                                    0.5,
                                    0.5,
                                    1e-05,
                                    0.0
                                ],
                                "level_probs": [
                                    0.5,
                                    0.5,
                                    0,
                                    0,
                                    0
                                ],
                                "std": 0.5,
                                "std_norm": 0.625,
                                "conversations": [
                                    {
                                        "from": "human",
                                        "value": "Rate it.\\n<|image|>"
                                    },
                                    {
                                        "from": "gpt",
                                        "value": "The quality of the image is good."
                                    }
                                ]
                            }
                        ]""");
    }

    @Test
    void whatIsWrittenReadsBack() {
        Path file = folder.resolve("train.json");
        MetaRow description =
                new MetaRow("b", "b.jpg", TaskType.DESCRIPTION, Optional.empty(), Optional.empty(), ROW.conversation());
        MetaFile.of(List.of(ROW, description)).write(file);
        assertThat(MetaFile.read(file)).isEqualTo(new MetaFile(List.of(ROW, description), List.of()));
    }

    @Test
    void theReleasedTestFileIsReadAndWrittenToTheByte() {
        Path released = Golden.external("labels/test_koniq.expected.json");
        Path copy = folder.resolve("copy.json");

        MetaFile.read(released).write(copy);

        assertThat(copy).hasSameBinaryContentAs(released);
    }

    @Test
    void aBareNaNIsReadAsAbsentAndWrittenAsNull() throws IOException {
        Path file = json(
                "[{\"id\": \"a\", \"image\": \"a.jpg\", \"gt_score\": 3, \"gt_score_norm\": 3, \"std\": 0, \"std_norm\": 0,"
                        + " \"level_probs_org\": [NaN, NaN, NaN, NaN, NaN], \"level_probs\": [0, 0, 1, 0, 0]}]");

        MetaFile read = MetaFile.read(file);

        assertThat(read.rows().get(0).label()).contains(new Label(Optional.empty(), LevelValues.of(0, 0, 1, 0, 0)));
        assertThat(read.warnings()).containsExactly(file + ": row 1 (\"a\") holds NaN, which is read as absent");
        Path copy = folder.resolve("copy.json");
        read.write(copy);
        assertThat(Files.readString(copy)).contains("null").doesNotContain("NaN");
        assertThat(MetaFile.read(copy)).isEqualTo(new MetaFile(read.rows(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]| the file has no rows",
                "[{\"image\": \"a\"}]| row 1 has no \"id\"; the file cannot be used without it",
                "[{\"id\": \"a\", \"image\": \"a\"}]| row 1: \"a\" has no gt_score; only rows of task_type \"description\" may lack it",
                "[{\"id\": \"a\", \"image\": \"a\", \"task_type\": \"x\"}]| row 1 has \"x\" for \"task_type\"; it must be \"score\" or \"description\"",
                "[{\"id\": \"a\", \"image\": \"a\", \"gt_score\": \"3\"}]| row 1 has \"3\" for \"gt_score\"; it must be a finite number",
                "[{\"id\": \"a\", \"image\": \"a\", \"gt_score\": 3, \"gt_score_norm\": 3, \"std\": -1}]| row 1 has -1.0 for \"std\"; a standard deviation cannot be negative",
                "[{\"id\": \"a\", \"image\": \"a\", \"gt_score\": 3, \"gt_score_norm\": 3, \"level_probs\": [1, 2]}]| row 1 has [1,2] for \"level_probs\"; it must be five finite numbers, excellent to bad",
                "[7]| row 1 is 7; it must be an object"
            })
    void whatIsWrongIsSaid(String text) throws IOException {
        String content = text.substring(0, text.indexOf("| "));
        Path file = json(content);
        assertThatThrownBy(() -> MetaFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": " + text.substring(content.length() + 2));
    }

    @Test
    void anIdMayStandOnlyOnce() throws IOException {
        String row = "{\"id\": \"a\", \"image\": \"a.jpg\", \"gt_score\": 3, \"gt_score_norm\": 3}";
        Path file = json("[" + row + "," + row + "]");
        assertThatThrownBy(() -> MetaFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": row 2 has the id \"a\", which an earlier row has; ids must be unique");
    }

    @Test
    void aFileCutShortIsRefusedWhereverItEnds() throws IOException {
        Path file = folder.resolve("train.json");
        MetaFile.of(List.of(ROW)).write(file);
        String whole = Files.readString(file);
        for (int length = 0; length < whole.length(); length += 7) {
            Path cut = json(whole.substring(0, length));
            assertThatThrownBy(() -> MetaFile.read(cut)).isInstanceOf(InvalidDataException.class);
        }
    }

    private Path json(String text) throws IOException {
        return Files.writeString(folder.resolve("meta.json"), text);
    }
}
