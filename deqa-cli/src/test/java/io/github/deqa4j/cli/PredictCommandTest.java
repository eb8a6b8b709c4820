package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path meta = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void files() throws IOException {
        output = folder.resolve("results.jsonl");
        meta = Files.writeString(
                folder.resolve("test.json"), "[" + row("s0_97x61.png") + "," + row("s1_61x97.png") + "]");
    }

    @Test
    void aRowHasTheAuthorsLogitsAtTheEvaluationPrompt() throws IOException {
        Shell run = predict();
        JsonNode expected = Golden.json(Shell.MODEL.resolve("expected.json")).get("evaluation.score");
        List<String> rows = Files.readAllLines(output);

        assertThat(run).isEqualTo(new Shell(ExitCode.OK, "", output + " has 2 of 2 results\n"));
        assertThat(rows).hasSize(2);
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = JSON.readTree(rows.get(i));
            assertThat(row.fieldNames()).toIterable().containsExactly("id", "image", "gt_score", "logits", "model");
            assertThat(row.get("gt_score").doubleValue()).isEqualTo(3.2);
            double[] logits = row.get("logits")
                    .valueStream()
                    .mapToDouble(JsonNode::doubleValue)
                    .toArray();
            assertThat(LevelProbabilities.softmax(logits).mean())
                    .isCloseTo(expected.get(i).doubleValue(), within(1e-5));
        }
        assertThat(rows.get(0))
                .startsWith("{\"id\": \"s0_97x61.png->3.2\", \"image\": \"s0_97x61.png\", \"gt_score\": 3.2, ");
    }

    @Test
    void anInterruptedRunGoesOnWhereItWasTorn() throws IOException {
        predict();
        String whole = Files.readString(output);
        List<String> rows = Files.readAllLines(output);
        Files.writeString(output, rows.get(0) + "\n" + rows.get(1).substring(0, 40));

        assertThat(predict().status()).isEqualTo(ExitCode.OK);
        assertThat(output).hasContent(whole);
    }

    @Test
    void aFinishedRunSaysSoButNotToAnotherPrompt() throws IOException {
        predict();
        String whole = Files.readString(output);

        assertThat(predict())
                .isEqualTo(
                        new Shell(
                                ExitCode.OK,
                                "",
                                output
                                        + " has all 2 results already; to predict them anew, delete it or name another --output\n"));
        Shell other = predict("--prompt", "scorer");
        assertThat(other.status()).isEqualTo(ExitCode.USAGE);
        assertThat(other.err()).contains("has prompt evaluation instead of scorer");
        assertThat(output).hasContent(whole);
    }

    @Test
    void aFolderOfImagesThatIsNotThereIsSaidOnce() {
        Path none = folder.resolve("none");
        assertThat(Shell.deqa("predict", "--meta", meta, "--images", none, "--output", output, "--model", Shell.MODEL))
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: " + none + ": there is no such folder of images; name it with --images\n"));
    }

    @Test
    void aImageThatIsMissingIsNamedAndTheOthersAreDone() throws IOException {
        Files.writeString(meta, "[" + row("none.png") + "," + row("s1_61x97.png") + "]");
        for (String batch : List.of("1", "2")) {
            Files.deleteIfExists(output);
            Shell run = predict("--batch", batch);

            assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
            assertThat(run.err())
                    .isEqualTo(
                            "deqa: \"none.png->3.2\" has no result: " + Shell.IMAGES.resolve("none.png")
                                    + ": there is no such file\n" + output
                                    + " has 1 of 2 results; 1 images failed, and are tried again when the command is run again\n");
            assertThat(Files.readAllLines(output)).hasSize(1);
        }
    }

    @Test
    void resultsOfAnotherPromptAreNotMixedWithThese() throws IOException {
        String whole = firstRowOnly();
        Shell run = predict("--prompt", "scorer");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .isEqualTo("deqa: " + output
                        + ": its row \"s0_97x61.png->3.2\" has prompt evaluation instead of scorer; run it"
                        + " with the same again, or name another file with --output\n");
        assertThat(output).hasContent(whole);
    }

    @Test
    void resultsOfAnotherPrecisionAreNotMixedWithThese() throws IOException {
        String whole = firstRowOnly();
        Shell run = predict("--precision", "bf16");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("has precision float32 instead of bf16;");
        assertThat(output).hasContent(whole);
    }

    @Test
    void resultsThatDoNotNameTheirModelAreNotContinued() throws IOException {
        String whole = firstRowOnly().replaceFirst(", \"model\": \"[^\"]*\"", "");
        Files.writeString(output, whole);
        Shell run = predict();
        assertThat(run)
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: " + output
                                + ": its row \"s0_97x61.png->3.2\" does not say which model it is of, since an older"
                                + " version wrote it; name another file with --output\n"));
        assertThat(output).hasContent(whole);
    }

    @Test
    void resultsOfAnotherTestFileAreNotMixedWithThese() throws IOException {
        String whole = firstRowOnly();
        Files.writeString(meta, "[" + row("s2_56x56.png") + "]");
        Shell run = predict();
        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .isEqualTo("deqa: " + output + ": 1 of its 1 rows are not in " + meta
                        + ", the first \"s0_97x61.png->3.2\"; name another file with --output\n");
        assertThat(output).hasContent(whole);
    }

    @Test
    void aModelThatCannotBeLoadedLeavesNoFile() {
        Shell run =
                Shell.deqa("predict", "--meta", meta, "--images", Shell.IMAGES, "--output", output, "--model", folder);
        assertThat(run.status()).isEqualTo(ExitCode.NO_MODEL);
        assertThat(folder).isDirectoryNotContaining("glob:**results*");
    }

    @Test
    void anOutputThatCannotBeContinuedIsNamed() {
        assertThat(Shell.deqa(
                        "predict",
                        "--meta",
                        meta,
                        "--images",
                        Shell.IMAGES,
                        "--output",
                        folder,
                        "--model",
                        Shell.MODEL))
                .isEqualTo(
                        new Shell(
                                ExitCode.USAGE,
                                "",
                                "deqa: " + folder
                                        + ": this is a folder; name a file to write (--output continues the results of an earlier run)\n"));
    }

    @Test
    void wrongUsageIsStatusTwo() {
        assertThat(Shell.deqa("predict", "--meta", meta).status()).isEqualTo(ExitCode.USAGE);
        assertThat(predict("--batch", 0).err()).isEqualTo("deqa: batch is 0; it must be from 1 to 256 (--batch)\n");
    }

    private String firstRowOnly() throws IOException {
        predict();
        String first = Files.readAllLines(output).get(0) + "\n";
        Files.writeString(output, first);
        return first;
    }

    private Shell predict(Object... more) {
        List<Object> args = new ArrayList<>(List.of(
                "predict", "--meta", meta, "--images", Shell.IMAGES, "--output", output, "--model", Shell.MODEL));
        args.addAll(List.of(more));
        return Shell.deqa(args.toArray());
    }

    private static String row(String image) {
        return "{\"id\": \"" + image + "->3.2\", \"image\": \"" + image
                + "\", \"gt_score\": 3.2, \"gt_score_norm\": 3.6, \"std\": 0.5, \"std_norm\": 0.5}";
    }
}
