package io.github.deqa4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationJoinTest {
    private static final String STD = "\"std\": 0.5, \"std_norm\": 0.5";

    @TempDir
    Path folder;

    private Path results = Path.of("");
    private Path truth = Path.of("");

    @BeforeEach
    void names() {
        results = folder.resolve("r.jsonl");
        truth = folder.resolve("t.json");
    }

    @Test
    void rowsMeetByIdInTheOrderOfTheTruth() throws IOException {
        results(result("b", "1"), result("a", "0"));
        truth(rated("a", "2.5", STD), rated("b", "3.5", STD));
        EvaluationSet set = read(false).set();

        assertThat(set.name()).isEqualTo("set");
        assertThat(set.images()).extracting(EvaluatedImage::id).containsExactly("a", "b");
        EvaluatedImage a = set.images().get(0);
        assertThat(a.predicted()).isCloseTo(3, within(1e-12)); // equal logits
        assertThat(a.predictedStd()).isCloseTo(Math.sqrt(2), within(1e-12));
        assertThat(a.truth()).isEqualTo(2.5);
        assertThat(a.truthStd()).isEqualTo(0.5);
    }

    @Test
    void idsWithoutATruthAreNamed() throws IOException {
        results(result("a", "0"), result("b", "1"), result("c", "1"));
        truth(rated("a", "2.5", STD), rated("b", "3.5", STD));

        fails(results + ": 1 of its 3 ids are not in " + truth
                + ", such as \"c\"; name the truth that these results were "
                + "made for, or allow missing images");
        assertThat(read(true).leftOut()).isEqualTo(1);
    }

    @Test
    void imagesWithoutAResultAreNamed() throws IOException {
        results(result("a", "0"), result("b", "1"));
        truth(rated("a", "2.5", STD), rated("b", "3.5", STD), rated("c", "1", STD), rated("d", "1", STD));

        fails(results + ": 2 of the 4 images of " + truth
                + " have no result, such as \"c\", \"d\"; finish the "
                + "prediction, or allow missing images");
        assertThat(read(true).set().size()).isEqualTo(2);
    }

    @Test
    void filesWithNothingInCommonCannotBeAllowed() throws IOException {
        results(result("x", "0"), result("y", "1"));
        truth(rated("a", "2.5", STD), rated("b", "3.5", STD));

        assertThatThrownBy(() -> read(true))
                .isInstanceOf(DeqaException.class)
                .hasMessage(results + ": none of its 2 ids is in " + truth
                        + ", such as \"x\", \"y\"; name the truth that " + "these results were made for");
    }

    @Test
    void aScoreOutsideTheScaleIsNamed() throws IOException {
        results(result("a", "0"), result("b", "1"));
        truth(rated("a", "5.5", STD), rated("b", "3.5", STD));

        fails(truth + ": the true score of \"a\" is 5.5; it must lie in [1, 5], so bring the data set's scores to that "
                + "scale first");
    }

    @Test
    void aStdThatIsWiderThanTheScaleIsNamed() throws IOException {
        results(result("a", "0"), result("b", "1"));
        truth(rated("a", "2.5", "\"std\": 12, \"std_norm\": 12"), rated("b", "3.5", STD));

        fails(truth
                + ": the true std of \"a\" is 12.0; it must lie in [0, 4], so bring the data set's standard deviations to"
                + " the scale of the levels first");
    }

    @Test
    void aStdForSomeImagesIsAnError() throws IOException {
        results(result("a", "0"), result("b", "1"));
        truth(rated("a", "2.5", STD), rated("b", "3.5", "\"std\": null"));

        fails(results + ", " + truth
                + ": set: 1 of 2 images have no true std, such as \"b\"; give a std for all images or for none");
    }

    @Test
    void aStdForNoImageLeavesDistributionsOut() throws IOException {
        results(result("a", "0"), result("b", "1"));
        truth(rated("a", "2.5", "\"std\": null"), rated("b", "3.5", "\"std\": null"));

        assertThat(read(false).set().hasTruthStd()).isFalse();
    }

    @Test
    void constantsHaveNoCorrelation() throws IOException {
        results(result("a", "0"), result("b", "0"));
        truth(rated("a", "2.5", STD), rated("b", "3.5", STD));

        fails(results + ", " + truth
                + ": set: all 2 predicted scores are 3.0000, and SRCC, PLCC and KRCC are undefined for a constant; check the file "
                + "for a failed run");
    }

    @Test
    void aConstantTruthNamesItsFile() throws IOException {
        results(result("a", "0"), result("b", "1"));
        truth(rated("a", "2.5", STD), rated("b", "2.5", STD));

        fails(results + ", " + truth
                + ": set: all 2 true scores are 2.5000, and SRCC, PLCC and KRCC are undefined for a constant; check the"
                + " file for a failed run");
    }

    @Test
    void oneImageHasNoCorrelation() throws IOException {
        results(result("a", "0"));
        truth(rated("a", "2.5", STD));

        fails(results + ", " + truth + ": set: there is 1 image to evaluate; a correlation needs at least 2");
    }

    @Test
    void faultsOfTheFilesAreOneSentence() throws IOException {
        truth(rated("a", "2.5", STD), rated("b", "3.5", STD));
        for (List<String> rows : List.of(
                List.<String>of(),
                List.of(result("a", "NaN"), result("b", "0")),
                List.of(result("a", "1"), result("a", "0")))) {
            results(rows.toArray(String[]::new));
            assertThatThrownBy(() -> read(false))
                    .isInstanceOf(DeqaException.class)
                    .hasMessageStartingWith(results + ": ")
                    .message()
                    .doesNotContain("Exception", "\n");
        }
        results(result("a", "1"), result("b", "0"));
        truth(rated("a", "2.5", "\"std\": -1, \"std_norm\": -1"), rated("b", "3.5", STD));
        assertThatThrownBy(() -> read(false))
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith(truth + ": ")
                .hasMessageContaining("cannot be negative");
    }

    @Test
    void theModelOfTheRowsIsKept() throws IOException {
        truth(rated("a", "2.5", STD), rated("b", "3.5", STD));
        results(of("m:1", result("a", "0")), of("m:1", result("b", "1")));
        assertThat(read(false).set().model()).contains("m:1");
        results(result("a", "0"), result("b", "1"));
        assertThat(read(false).set().model()).isEmpty();
    }

    @Test
    void rowsOfSeveralModelsAreRefused() throws IOException {
        truth(rated("a", "2.5", STD), rated("b", "3.5", STD));
        results(of("m:1", result("a", "0")), of("m:2", result("b", "1")));
        fails(results
                + ": its rows are of several models: \"a\" of \"m:1\", \"b\" of \"m:2\"; put the rows of each into a"
                + " file of their own");
        results(of("m:1", result("a", "0")), result("b", "1"));
        fails(results
                + ": its rows are of several models: \"a\" of \"m:1\", \"b\" of one that is not named; put the rows"
                + " of each into a file of their own");
    }

    /** A row with the model that gave it. */
    private static String of(String model, String row) {
        return row.substring(0, row.length() - 1) + ", \"model\": \"" + model + "\"}";
    }

    private EvaluationJoin read(boolean allowMissing) {
        return EvaluationJoin.read("set", results, truth, allowMissing);
    }

    private void fails(String message) {
        assertThatThrownBy(() -> read(false)).isInstanceOf(DeqaException.class).hasMessage(message);
    }

    private void results(String... rows) throws IOException {
        Files.writeString(results, String.join("\n", rows) + "\n");
    }

    private void truth(String... rows) throws IOException {
        Files.writeString(truth, "[" + String.join(",", rows) + "]");
    }

    /** A row whose logits are 0 but for excellent's. */
    private static String result(String id, String excellent) {
        return "{\"id\": \"" + id + "\", \"image\": \"" + id + ".png\", \"gt_score\": 3.0, \"logits\": {\"excellent\": "
                + excellent + ", \"good\": 0, \"fair\": 0, \"poor\": 0, \"bad\": 0}}";
    }

    private static String rated(String id, String score, String std) {
        return "{\"id\": \"" + id + "\", \"image\": \"" + id + ".png\", \"gt_score\": 3.0, \"gt_score_norm\": " + score
                + ", " + std + "}";
    }
}
