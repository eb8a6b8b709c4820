package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidInputException;
import io.github.deqa4j.score.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        LocalSpark.SESSION.conf().unset("spark.deqa.model");
        LocalSpark.SESSION.conf().unset("spark.deqa.maxPixels");
    }

    @Test
    void aFolderIsScoredAndResumed() throws IOException {
        assertThat(run("--output", output()))
                .startsWith("9 images in ")
                .endsWith(" has 8 images with a score by this model");
        List<Row> rows = scores().collectAsList();
        assertThat(rows).hasSize(9);
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
        assertThat(run("--resume", "--output", output())).startsWith("0 images in ");
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
    void anOutputIsNotMixedUnasked() {
        run("--output", output());
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
                "--output a           | an input and an output are needed",
                "--input a            | an input and an output are needed",
                "--input a --output   | --output needs a folder",
                "--input a --output b --fast | \"--fast\" is unknown"
            })
    void otherArgumentsAreRefused(String arguments, String message) {
        assertThatThrownBy(() -> ScoreImages.Arguments.parse(arguments.split(" ")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message + "; use --input FOLDER [--input FOLDER …] --output FOLDER [--resume]");
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
        return ScoreImages.run(LocalSpark.SESSION, ScoreImages.Arguments.parse(all));
    }
}
