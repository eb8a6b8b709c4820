package io.github.deqa4j.spark;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidInputException;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreImagesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private List<Path> images = List.of();

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(folder.resolve("in"));
        images = LocalSpark.images(folder.resolve("in"));
        Files.writeString(folder.resolve("in/notes.txt"), "no image");
        LocalSpark.SESSION.conf().set("spark.deqa.model", LocalSpark.MODEL.toString());
    }

    @AfterEach
    void forgetSettings() {
        List.of("model", "tokenizer", "view")
                .forEach(name -> LocalSpark.SESSION.conf().unset("spark.deqa." + name));
    }

    @Test
    void aFolderIsScoredAndResumed() throws IOException, JMException {
        long metricOfImages = metric("images");
        long metricOfErrors = metric("errors");
        assertThat(run("--output", output(), "--task-images", "4"))
                .matches("9 images in [0-9.]+ s, [0-9.]+ a second: 8 with a score, 1 with an error; \\Q" + output()
                        + "\\E has 8 images with a score by this model");
        List<Row> rows = scores().collectAsList();
        assertThat(rows).hasSize(9);
        assertThat(scores().selectExpr("input_file_name()").distinct().count()).isEqualTo(3); // a file of each task
        assertThat(metric("images") - metricOfImages).isEqualTo(8);
        assertThat(metric("errors") - metricOfErrors).isEqualTo(1);
        try (Scorer scorer = LocalSpark.scorer()) {
            for (Row row : rows) {
                String path = row.<String>getAs("path").replaceFirst("^file:/+", "/");
                assertThat(row.<Long>getAs("length")).isEqualTo(Files.size(Path.of(path)));
                if (path.endsWith("notes.txt")) {
                    assertThat(row.<String>getAs("error")).startsWith("file:" + path + ": ");
                } else {
                    assertThat(row.<Double>getAs("score"))
                            .isEqualTo(scorer.score(Path.of(path)).score());
                }
            }
        }

        Files.delete(folder.resolve("in/notes.txt"));
        Files.copy(images.get(0), folder.resolve("in/new.png"));
        assertThat(run("--resume", "--output", output())).startsWith("1 images in ");
        assertThat(scores().where("error IS NULL").collectAsList()).hasSize(9);
    }

    @Test
    void scoresOfAnotherModelAreNotResumed() throws IOException {
        run("--output", output());
        Path other = Files.createDirectory(folder.resolve("other"));
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(LocalSpark.MODEL.resolve(file), other.resolve(file));
        }
        // the same network in other words has another hash
        Files.writeString(other.resolve("config.json"), Files.readString(other.resolve("config.json")) + "\n");
        LocalSpark.SESSION.conf().set("spark.deqa.model", other.toString());
        assertThat(run("--resume", "--output", output())).startsWith("9 images in ");
        assertThat(scores().select("model").distinct().collectAsList()).hasSize(2);
    }

    @Test
    void anOutputIsNotMixedUnasked() throws IOException {
        Files.createDirectory(folder.resolve("out"));
        assertThatThrownBy(() -> run("--output", output()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(output()
                        + " exists already; name another output, or add --resume to score what is missing in it");
    }

    @Test
    void aModelThatCannotBeOpenedEndsTheJobBeforeItWrites() {
        LocalSpark.SESSION
                .conf()
                .set("spark.deqa.model", folder.resolve("nowhere").toString());
        assertThatThrownBy(() -> run("--output", output()))
                .hasMessageContaining("ModelLoadException: " + folder.resolve("nowhere"));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--output a                     | an input or a table, and an output are needed",
                "--input a                      | an input or a table, and an output are needed",
                "--input a --table b --output c | an input or a table, and an output are needed",
                "--input a --output             | --output needs a value",
                "--input a --output b --fast    | \"--fast\" is unknown"
            })
    void otherArgumentsAreRefused(String arguments, String message) {
        assertThatThrownBy(() -> ScoreImages.Arguments.parse(arguments.split(" ")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message + "; use --input FOLDER [--input FOLDER …] or --table TABLE, with --output FOLDER"
                        + " [--task-images N] [--resume]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "1000000000"})
    void aTaskHasImages(String count) {
        String[] arguments = {"--input", "a", "--output", "b", "--task-images", count};
        assertThatThrownBy(() -> ScoreImages.Arguments.parse(arguments))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("--task-images is \"" + count + "\"; it must be a number above 0");
    }

    @Test
    void anEmptyFolderGivesAnEmptyOutput() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(score("--input", empty.toString(), "--output", output()))
                .startsWith("0 images in ")
                .endsWith(" has 0 images with a score by this model");
        assertThat(scores().count()).isZero();
    }

    @Test
    void aTableOfPathsIsScoredAndResumed() {
        String table = "parquet.`" + folder.resolve("table") + "`";
        LocalSpark.binaryFiles(folder.resolve("in"))
                .selectExpr("path", "length", "'any' AS other")
                .unionByName(LocalSpark.SESSION.sql("SELECT NULL AS path, 7L AS length, 'none' AS other"))
                .write()
                .parquet(folder.resolve("table").toString());
        assertThat(score("--table", table, "--output", output()))
                .startsWith("10 images in ")
                .contains(": 8 with a score, 1 with an error, 1 null; ");
        assertThat(scores().where("modificationTime IS NOT NULL").count()).isZero();
        assertThat(scores().agg(sum("length")).first().getLong(0))
                .isEqualTo(7
                        + LocalSpark.binaryFiles(folder.resolve("in"))
                                .agg(sum("length"))
                                .first()
                                .getLong(0));
        assertThat(score("--table", table, "--output", output(), "--resume")).startsWith("2 images in ");
    }

    @Test
    void theBytesOfATableAreScored() {
        LocalSpark.binaryFiles(folder.resolve("in")).createOrReplaceTempView("photos");
        assertThat(score("--table", "photos", "--output", output())).contains(": 8 with a score, 1 with an error; ");
        assertThat(scores().where("error LIKE 'content: %'").count()).isEqualTo(1);
    }

    @Test
    void aTableWithoutPathsIsRefused() {
        LocalSpark.SESSION.sql("SELECT 1 AS id, 'a' AS file").createOrReplaceTempView("files");
        assertThatThrownBy(() -> score("--table", "files", "--output", output()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "files has no column path, which names an image; it has id, file, of which a view can make one");
    }

    @Test
    void aViewThatTheModelDoesNotHaveEndsTheJobBeforeItWrites() {
        LocalSpark.SESSION
                .conf()
                .set("spark.deqa.model", Golden.mini().resolve("model").toString());
        LocalSpark.SESSION
                .conf()
                .set(
                        "spark.deqa.tokenizer",
                        Golden.mini().resolve("tokenizer.model").toString());
        LocalSpark.SESSION.conf().set("spark.deqa.view", "both");
        assertThatThrownBy(() -> run("--output", output()))
                .hasMessageContaining(
                        "InvalidSettingException: this model sees images only as a whole, so the view both cannot be"
                                + " had of it; set the view to whole or open a small network");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /** The count of one of Spark's metrics, as it is reported. */
    private static long metric(String name) throws JMException {
        MBeanServer reported = ManagementFactory.getPlatformMBeanServer();
        ObjectName pattern =
                new ObjectName("metrics:name=*plugin." + ExecutorMetrics.class.getName() + "." + name + ",*");
        ObjectName metric = reported.queryNames(pattern, null).iterator().next();
        return (long) reported.getAttribute(metric, "Count");
    }

    private String output() {
        return folder.resolve("out").toString();
    }

    private Dataset<Row> scores() {
        return LocalSpark.SESSION.read().parquet(output());
    }

    private String run(String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "--input";
        all[1] = folder.resolve("in").toString();
        System.arraycopy(more, 0, all, 2, more.length);
        return score(all);
    }

    private static String score(String... arguments) {
        return ScoreImages.run(LocalSpark.SESSION, ScoreImages.Arguments.parse(arguments));
    }
}
