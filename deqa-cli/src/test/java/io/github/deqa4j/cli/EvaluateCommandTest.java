package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    private static final String FEW =
            ": there are only 12 images, and intervals and p-values of fewer than 20 are too narrow\n";

    @TempDir
    Path folder;

    private Path results = Path.of("");
    private Path truth = Path.of("");

    @BeforeEach
    void files() throws IOException {
        StringBuilder rows = new StringBuilder();
        StringBuilder truths = new StringBuilder("[");
        for (int i = 0; i < 12; i++) {
            rows.append(result(i, i * 0.3));
            truths.append(i == 0 ? "" : ",").append(rated(i, 1.5 + i / 4.0 + (i % 3) / 10.0));
        }
        results = Files.writeString(folder.resolve("koniq.jsonl"), rows);
        truth = Files.writeString(folder.resolve("test.json"), truths + "]");
    }

    @Test
    void figuresOfTheGoldenAreTheAuthors() throws IOException {
        Path golden = Golden.shipped("metrics");
        Shell run = Shell.deqa(
                "evaluate",
                "--results",
                golden.resolve("predictions.jsonl"),
                "--truth",
                golden.resolve("truth.json"),
                "--format",
                "json",
                "--bootstrap",
                20);
        JsonNode set = new ObjectMapper().readTree(run.out()).get("data_sets").get(0);
        JsonNode expected = Golden.json(golden.resolve("expected.json"));

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(set.get("name").textValue()).isEqualTo("predictions");
        assertThat(set.get("metrics").get("plcc_fit").get("value").doubleValue())
                .isCloseTo(expected.get("PLCC").doubleValue(), within(1e-6));
        assertThat(set.get("metrics").get("srcc_fit").get("value").doubleValue())
                .isCloseTo(expected.get("SRCC").doubleValue(), within(1e-9));
        assertThat(set.get("metrics").get("w").get("value").doubleValue())
                .isCloseTo(expected.get("WD").doubleValue(), within(1e-9));
    }

    @Test
    void severalDataSetsGiveOneTableWithTheirMean() {
        Shell run = Shell.deqa(
                "evaluate",
                "--results",
                results,
                "--truth",
                truth,
                "--name",
                "one",
                "--results",
                results,
                "--truth",
                truth,
                "--name",
                "two",
                "--bootstrap",
                0,
                "--fit",
                "none");

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).isEmpty();
        assertThat(run.lines()[1]).startsWith("one           12  ");
        assertThat(run.lines()[2]).startsWith("two           12  ");
        assertThat(run.lines()[3]).startsWith("mean          24  ");
        assertThat(run.lines()[4]).isEqualTo("no fit; no intervals");
        assertThat(run.lines()[6]).startsWith("data set                 images     bias");
        assertThat(run.lines()[8]).startsWith("  with the mean std");
        assertThat(run.lines()).hasSize(18);
    }

    @Test
    void aDataSetThatCannotBeEvaluatedDoesNotEndTheOthers() throws IOException {
        Path single = Files.writeString(folder.resolve("single.json"), "[" + rated(0, 3) + "]");
        Shell run = Shell.deqa(
                "evaluate",
                "--bootstrap",
                0,
                "--results",
                results,
                "--truth",
                single,
                "--name",
                "one",
                "--allow-missing",
                "--results",
                results,
                "--truth",
                truth,
                "--name",
                "all");

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.err())
                .contains(
                        ": one: there is 1 image to evaluate; a correlation needs at least 2; the data set one is left out");
        assertThat(run.out()).contains("\nall ").doesNotContain("\none ").doesNotContain("\nmean ");
    }

    @Test
    void referencesAreDrawnWhereTheyAreTold() throws IOException {
        StringBuilder table = new StringBuilder("image,reference\n");
        for (int i = 0; i < 12; i++) {
            table.append("p").append(i).append(".png,r").append(i / 3).append('\n');
        }
        Path references = Files.writeString(folder.resolve("references.csv"), table);
        Shell listed = Shell.deqa("evaluate", "--results", results, "--truth", truth, "--references", references);
        Shell matched = Shell.deqa("evaluate", "--results", results, "--truth", truth, "--group-by", "^p(\\d)");
        Shell compared = Shell.deqa(
                "compare", results, results, "--truth", truth, "--references", references, "--bootstrap", 50);

        assertThat(listed.status()).as(listed.err()).isEqualTo(ExitCode.OK);
        assertThat(listed.out()).contains("bootstrap resamples of references (koniq: 4), seed 0");
        assertThat(listed.err())
                .contains("koniq: there are only 4 references, and intervals and p-values of fewer than 20");
        assertThat(matched.out()).contains("bootstrap resamples of references (koniq: 10), seed 0");
        assertThat(compared.out()).contains("bootstrap resamples of references (4), seed 0");
    }

    @Test
    void referencesThatAreAskedForAndNotFoundAreSaid() {
        Shell run = Shell.deqa("evaluate", "--results", results, "--truth", truth, "--group-by", "reference");
        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.err())
                .contains(
                        "no image has a known reference (the first is \"p0.png\"); see what --references or --group-by says");
        Shell one = Shell.deqa("evaluate", "--results", results, "--truth", truth, "--group-by", "^(p)");
        assertThat(one.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(one.err()).contains("koniq: all images have the same reference, \"p\", and intervals need two;");
        usage(
                "--group-by is \"I01\"; it must be reference or a regular expression with a group in parentheses, such as"
                        + " ^(I\\d+)_",
                "--group-by",
                "I01");
        usage(
                "--group-by is \"(\"; it must be reference or a regular expression, and this is none: Unclosed group",
                "--group-by",
                "(");
        usage(
                "--references tells the references, so leave out --group-by ^(a)",
                "--references",
                truth,
                "--group-by",
                "^(a)");
    }

    @Test
    void theSeedMakesARunRepeatable() {
        assertThat(evaluate("--seed", 4).out()).isEqualTo(evaluate("--seed", 4).out());
        assertThat(evaluate("--seed", 4).out())
                .isNotEqualTo(evaluate("--seed", 5).out());
    }

    @Test
    void thePageIsWritten() throws IOException {
        Path page = folder.resolve("report.html");
        Shell run = evaluate("--html", page);

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("<h2>koniq</h2>");
    }

    @Test
    void missingResultsStopOrAreLeftOut() throws IOException {
        Files.writeString(results, result(20, 1), StandardOpenOption.APPEND);

        assertThat(evaluate())
                .isEqualTo(new Shell(
                        ExitCode.SOME_FAILED,
                        "",
                        "deqa: " + results + ": 1 of its 13 ids are not in " + truth
                                + ", such as \"p20\"; name the truth that "
                                + "these results were made for, or allow missing images (--allow-missing)\n"));
        Shell allowed = evaluate("--allow-missing");
        assertThat(allowed.status()).isEqualTo(ExitCode.OK);
        assertThat(allowed.err())
                .isEqualTo("deqa: " + results + ": 1 images that only one of the files has are left out\ndeqa: koniq"
                        + FEW);
    }

    @Test
    void aTruthWithoutSpreadsIsSaidOnce() throws IOException {
        Files.writeString(truth, Files.readString(truth).replace("\"std\": 0.5, \"std_norm\": 0.5", "\"std\": null"));
        String note = "deqa: " + truth + ": no image has a std, so KL, JS and W are left out\n";
        assertThat(evaluate().err()).isEqualTo(note + "deqa: koniq" + FEW);
        assertThat(Shell.deqa("compare", results, results, "--truth", truth, "--bootstrap", 20)
                        .err())
                .isEqualTo(note + "deqa: " + results + FEW);
    }

    @Test
    void spreadsOfZeroAreSaid() throws IOException {
        Files.writeString(truth, Files.readString(truth).replaceFirst("\"std_norm\": 0.5", "\"std_norm\": 0"));
        assertThat(evaluate().err())
                .isEqualTo("deqa: " + truth + ": 1 images have a std of 0, such as \"p0\"; their KL and JS follow from"
                        + " the release's small constant and not from the prediction\ndeqa: koniq" + FEW);
    }

    @Test
    void aReversedModelIsSaidWhereItsFittedFiguresAreShown() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            rows.append(result(i, 4 - i * 0.3));
        }
        Path reversed = Files.writeString(folder.resolve("reversed.jsonl"), rows);
        String fault =
                ": the fitted curve falls where the predictions rise, so SRCC (fit), PLCC (fit) and RMSE (fit) say"
                        + " nothing of this model; go by the raw ones\n";

        assertThat(Shell.deqa("evaluate", "--results", reversed, "--truth", truth, "--bootstrap", 0)
                        .err())
                .isEqualTo("deqa: reversed" + fault);
        assertThat(Shell.deqa("compare", results, reversed, "--truth", truth, "--bootstrap", 20)
                        .err())
                .isEqualTo("deqa: " + results + FEW + "deqa: " + reversed + fault);
    }

    @Test
    void aPredictedStdOfZeroIsSaid() throws IOException {
        Files.writeString(results, Files.readString(results).replaceFirst("\"excellent\": 0.0", "\"excellent\": 9000"));
        Shell run = evaluate("--fit", "none");

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.err())
                .isEqualTo("deqa: " + results
                        + ": 1 images are predicted with a std of 0, such as \"p0\"; their KL and JS"
                        + " follow from a small constant and not from the ratings, so look at their logits\ndeqa: koniq"
                        + FEW);
    }

    @Test
    void imagesThatCannotBeShownAreCounted() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.copy(Shell.image("s0_97x61.png"), images.resolve("p3.png"));

        assertThat(evaluate("--html", folder.resolve("page.html"), "--images", images)
                        .err())
                .startsWith("deqa: koniq" + FEW + "deqa: " + images
                        + ": 11 of the 12 images on the page could not be shown, such as \"p")
                .endsWith("\"; --images must be the folder that the paths in the test file start from\n");
    }

    @Test
    void theNameOfACurveMayBeInAnyCase() {
        assertThat(evaluate("--fit", "Logistic5")).isEqualTo(evaluate("--fit", "logistic5"));
        assertThat(evaluate("--fit", "NONE")).isEqualTo(evaluate("--fit", "none"));
    }

    @Test
    void dataSetsOfOneNameAreWrongUsage() {
        assertThat(Shell.deqa(
                        "evaluate", "--results", results, "--truth", truth, "--results", results, "--truth", truth))
                .isEqualTo(new Shell(
                        ExitCode.USAGE, "", "deqa: two data sets are named \"koniq\"; name them apart, with --name\n"));
    }

    @Test
    void theBetterOneOfAnErrorIsTheSmaller() throws IOException {
        Path good = folder.resolve("good.jsonl");
        Path flat = folder.resolve("flat.jsonl");
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            first.append(result(i, i * 0.3));
            second.append(result(i, 8 + i * 0.01));
        }
        Files.writeString(good, first);
        Files.writeString(flat, second);
        Shell run = Shell.deqa("compare", good, flat, "--truth", truth, "--bootstrap", 200, "--fit", "none");
        assertThat(run.lines()[4]).startsWith("RMSE ").endsWith("  A");
        assertThat(Shell.deqa("compare", flat, good, "--truth", truth, "--bootstrap", 200, "--fit", "none")
                        .lines()[4])
                .startsWith("RMSE ")
                .endsWith("  B");
    }

    @Test
    void aComparisonIsPaired() throws IOException {
        Path other = folder.resolve("other.jsonl");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            rows.append(result(i, (i * 7 % 12) * 0.3));
        }
        Files.writeString(other, rows);
        Shell run = Shell.deqa("compare", other, results, "--truth", truth, "--bootstrap", 200, "--fit", "none");

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.lines()[1]).isEqualTo("SRCC    0.2448  1.0000  +0.7552  +0.2378  +1.3863  0.0100       B");
        assertThat(run.lines()[run.lines().length - 1])
                .isEqualTo("A: " + other + ", B: " + results
                        + "; 12 images; paired, 95 % intervals from 200 bootstrap resamples, seed 0");
    }

    @Test
    void wrongUsageIsStatusTwo() {
        usage(
                "there are 1 --results and 2 --truth; give one of each for every data set, in the same order",
                "--truth",
                truth);
        usage("there are 2 --name for 1 data sets; give one for each or none", "--name", "a", "--name", "b");
        usage("--fit is \"cubic\"; it must be logistic4, logistic5 or none", "--fit", "cubic");
        usage("the number of resamples is -1; it must lie in [0, 1000000]", "--bootstrap", "-1");
        usage("the confidence is 95.0; it must lie between 0 and 1, such as 0.95", "--confidence", "95");
        usage("--images is for the page; name that with --html FILE", "--images", folder);
        assertThat(Shell.deqa("compare", results, results, "--truth", truth, "--bootstrap", 0))
                .isEqualTo(new Shell(
                        ExitCode.USAGE, "", "deqa: --bootstrap is 0; a comparison needs resamples, better 1000\n"));
    }

    private void usage(String message, Object... options) {
        assertThat(evaluate(options)).isEqualTo(new Shell(ExitCode.USAGE, "", "deqa: " + message + "\n"));
    }

    private Shell evaluate(Object... options) {
        Object[] words = new Object[options.length + 7];
        Object[] first = {"evaluate", "--results", results, "--truth", truth, "--bootstrap", 50};
        boolean resamples = options.length > 0 && options[0].equals("--bootstrap");
        int fixed = resamples ? 5 : 7;
        System.arraycopy(first, 0, words, 0, fixed);
        System.arraycopy(options, 0, words, fixed, options.length);
        return Shell.deqa(Arrays.copyOf(words, fixed + options.length));
    }

    private static String result(int i, double excellent) {
        return "{\"id\": \"p" + i + "\", \"image\": \"p" + i + ".png\", \"gt_score\": 3.0, \"logits\": {\"excellent\": "
                + excellent + ", \"good\": 1, \"fair\": 1, \"poor\": 0.5, \"bad\": 0}}\n";
    }

    private static String rated(int i, double score) {
        return "{\"id\": \"p" + i + "\", \"image\": \"p" + i + ".png\", \"gt_score\": 3.0, \"gt_score_norm\": " + score
                + ", \"std\": 0.5, \"std_norm\": 0.5}";
    }
}
