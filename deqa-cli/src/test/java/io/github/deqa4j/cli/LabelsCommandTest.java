package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsCommandTest {
    @TempDir
    Path folder;

    private Path mos = Path.of("");
    private Path split = Path.of("");

    @BeforeEach
    void opinions() throws IOException {
        mos = Files.writeString(folder.resolve("mos.json"), """
                {"a.jpg": {"mos": "10", "std": "5"}, "b.jpg": {"mos": "0", "std": "5"},
                 "c.jpg": {"mos": "20", "std": "4"}, "d.jpg": {"mos": "12", "std": "6"}}""");
        split = Files.writeString(
                folder.resolve("split.json"), "{\"train\": [\"a.jpg\", \"d.jpg\"], \"test\": [\"b.jpg\"]}");
    }

    @Test
    void bothFilesAreWrittenAndSummedUp() throws IOException {
        Shell run = labels("--density", "moment-matched", "--image-prefix", "SET");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("images          3 (mean and std matched 2, not feasible, std too large for the levels 1)\n")
                .contains("mass above 1    0 labels\n")
                .contains("written         " + folder.resolve("train_set.json") + " (2 rows)\n")
                .contains("written         " + folder.resolve("test_set.json") + " (1 rows)\n");
        assertThat(Files.readString(folder.resolve("train_set.json"))).contains("\"image\": \"SET/a.jpg\"");
    }

    @Test
    void labelsCanBeOneHot() throws IOException {
        labels("--label", "one-hot");
        assertThat(Files.readString(folder.resolve("train_set.json")).replaceAll("\\s", ""))
                .contains("\"level_probs\":[0,0,1.0,0,0]");
    }

    @Test
    void aSplitWithoutTestImagesWritesNoTestFile() throws IOException {
        Files.writeString(split, "{\"train\": [\"a.jpg\"]}");
        Shell run = labels();
        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.err())
                .isEqualTo("deqa: " + folder.resolve("test_set.json") + ": not written, because " + split
                        + " names no image for it\n");
        assertThat(folder.resolve("test_set.json")).doesNotExist();
    }

    @Test
    void aTestFileOfAnotherSplitIsNotLeftBesideTheNewTrainingFile() throws IOException {
        labels();
        String before = Files.readString(folder.resolve("train_set.json"));
        Files.writeString(split, "{\"train\": [\"a.jpg\"]}");
        Shell run = labels();

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("deqa: " + folder.resolve("test_set.json") + ": this file is of another split, because "
                        + split + " names no image for it; delete it or choose another --output\n");
        assertThat(Files.readString(folder.resolve("train_set.json"))).isEqualTo(before);
    }

    @Test
    void theFolderIsMade() {
        Path made = folder.resolve("new/labels");
        Shell run = Shell.deqa("labels", "--mos", mos, "--split", split, "--name", "set", "--output", made);
        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(made.resolve("train_set.json")).exists();
        assertThat(made.resolve("test_set.json")).exists();
    }

    @Test
    void aFileIsNoFolderToWriteTo() {
        assertThat(Shell.deqa("labels", "--mos", mos, "--split", split, "--name", "set", "--output", mos))
                .isEqualTo(new Shell(
                        ExitCode.USAGE, "", "deqa: " + mos + ": this is a file; name a folder to write to\n"));
    }

    @Test
    void spreadsOfAnotherScaleAreAWarning() throws IOException {
        Files.writeString(mos, Files.readString(mos).replaceAll("\"std\": \"\\d\"", "\"std\": \"0.5\""));
        String end =
                ": more than half of the labels (3 of 3) have two levels, because no label keeps both mean and std when the"
                        + " std is far too small or too large for the scale (its median is 0.10 levels after the means were stretched"
                        + " from 0.000 to 20.00 to 1 to 5). Check that means and stds are on the same scale and that no mean is far"
                        + " outside\n";
        assertThat(labels().err()).isEqualTo("deqa: warning: " + mos + end);
        assertThat(labels("--density", "moment-matched").err())
                .startsWith("deqa: warning: " + mos + ": more than half");
        assertThat(labels("--label", "two-level").err()).isEmpty();
    }

    @Test
    void helpTellsOfTheStretch() {
        assertThat(Shell.deqa("labels", "--help").out())
                .contains("The least mean of mos.json becomes 1 and the greatest 5")
                .contains("docs/metrics.md");
    }

    @Test
    void optionsForAMissingStdAreNamed() throws IOException {
        Files.writeString(mos, """
                {"a.jpg": {"mos": "10"}, "b.jpg": {"mos": "0"}, "c.jpg": {"mos": "20"}, "d.jpg": {"mos": "12"}}""");
        assertThat(labels())
                .isEqualTo(new Shell(
                        ExitCode.SOME_FAILED,
                        "",
                        "deqa: " + mos + ", " + split
                                + ": \"a.jpg\" has no std, which a soft label needs; give a pseudo-std or ask for two-level"
                                + " labels (--pseudo-std X or --label two-level)\n"));
    }

    @Test
    void aFaultInTheOpinionsIsOneSentence() throws IOException {
        Files.writeString(mos, "{\"a.jpg\": {\"mos\": \"3\", \"std\": \"-1\"}}");
        Shell run = labels();
        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.err())
                .isEqualTo("deqa: " + mos
                        + ": \"a.jpg\": the std of \"a.jpg\" is -1.0; a standard deviation must be finite and"
                        + " not negative\n");
        assertThat(folder.resolve("train_set.json")).doesNotExist();
    }

    @Test
    void aStdOfZeroIsAWarning() throws IOException {
        Files.writeString(mos, Files.readString(mos).replace("\"std\": \"6\"", "\"std\": \"0\""));
        Shell run = labels();
        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.err())
                .startsWith("deqa: " + mos + ": 1 images for training have a std of 0, such as \"d.jpg->12\"; they"
                        + " have no density, so their level_probs_org is null and their labels have two levels\n");
        assertThat(labels("--label", "two-level").err()).isEmpty();
    }

    @Test
    void whatDoesNotFitTogetherIsOneSentenceThatNamesTheFiles() throws IOException {
        Files.writeString(split, "{\"train\": [\"x.jpg\"]}");
        Shell run = labels();
        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.err())
                .isEqualTo(
                        "deqa: " + mos + ", " + split + ": the split names \"x.jpg\", of which there are no opinions;"
                                + " correct the split or add the opinions\n");
    }

    @Test
    void aNameIsNoPath() {
        Shell run = Shell.deqa("labels", "--mos", mos, "--split", split, "--name", "../x", "--output", folder);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).isEqualTo("deqa: --name is \"../x\"; it must be a part of a file name, such as koniq\n");
    }

    @Test
    void anUnknownDensityIsWrongUsage() {
        Shell run = labels("--density", "square");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("deqa: --density is \"square\"; it must be pdf, cdf or moment-matched (");
    }

    private Shell labels(Object... more) {
        Object[] args = new Object[9 + more.length];
        Object[] fixed = {"labels", "--mos", mos, "--split", split, "--name", "set", "--output", folder};
        System.arraycopy(fixed, 0, args, 0, fixed.length);
        System.arraycopy(more, 0, args, fixed.length, more.length);
        return Shell.deqa(args);
    }
}
