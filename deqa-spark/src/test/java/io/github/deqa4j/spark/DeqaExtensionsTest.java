package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.Scorer;
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

class DeqaExtensionsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private List<Path> images = List.of();

    @BeforeEach
    void makeTable() {
        images = LocalSpark.images(folder);
        LocalSpark.SESSION.conf().set("spark.deqa.model", LocalSpark.MODEL.toString());
        LocalSpark.binaryFiles(folder).createOrReplaceTempView("photos");
    }

    @AfterEach
    void forgetSettings() {
        for (String name : List.of("model", "precision", "exif", "maxPixels", "view", "tiles", "seed", "veiw")) {
            LocalSpark.SESSION.conf().unset("spark.deqa." + name);
        }
    }

    @Test
    void bytesPathsAndNullsAreScored() {
        List<Row> rows = sql("SELECT path, deqa_score(content).score, deqa_score(path).score, deqa_score(NULL) IS NULL,"
                        + " deqa_score(CAST('no image' AS BINARY)).error FROM photos")
                .collectAsList();
        assertThat(rows).hasSize(images.size());
        try (Scorer scorer = LocalSpark.scorer()) {
            for (Row row : rows) {
                double expected = scorer.score(Path.of(row.getString(0).replaceFirst("^file:/+", "/")))
                        .score();
                assertThat(row.getDouble(1)).isEqualTo(expected);
                assertThat(row.getDouble(2)).isEqualTo(expected);
                assertThat(row.getBoolean(3)).isTrue();
                assertThat(row.getString(4)).startsWith("the image: ");
            }
        }
    }

    @Test
    void imagesThatSparkDecodedAreScored() {
        LocalSpark.SESSION
                .read()
                .format("image")
                .option("recursiveFileLookup", true)
                .load(folder.toString())
                .createOrReplaceTempView("decoded");
        assertThat(sql("SELECT deqa_score(image).error FROM decoded").collectAsList())
                .hasSize(images.size())
                .allMatch(row -> row.isNullAt(0));
    }

    @Test
    void aScoreThatIsAskedForTwiceIsComputedOnce() {
        Dataset<Row> good = sql("SELECT q.score, q.std FROM (SELECT deqa_score(content) AS q FROM photos)"
                + " WHERE q.score > 1 AND q.error IS NULL");
        assertThat(good.collectAsList()).hasSize(images.size());
        assertThat(good.queryExecution().executedPlan().toString().split("deqa_score\\(", -1))
                .hasSize(2);
    }

    @Test
    void theFunctionIsDescribed() {
        assertThat(sql("DESCRIBE FUNCTION deqa_score").collectAsList().toString())
                .contains("deqa_score(image) - Scores how good an image looks");
    }

    @Test
    void otherNumbersOfArgumentsAndTypesAreRefused() {
        assertThatThrownBy(() -> sql("SELECT deqa_score(path, content) FROM photos"))
                .hasMessageContaining("deqa_score has 2 arguments; it takes one, the image");
        assertThatThrownBy(() -> sql("SELECT deqa_score(length) FROM photos").collectAsList())
                .hasStackTraceContaining("the image is a Long; it must be the bytes of an image file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "precision | half   | the precision \"half\" is unknown; use float32, bf16 or int8",
                "exif      | maybe  | spark.deqa.exif is \"maybe\"; use true or false",
                "maxPixels | a lot  | spark.deqa.maxPixels is \"a lot\"; use a whole number",
                "maxPixels | 0      | maxPixels is 0; it must be from 1 to 715827882",
                "view      | close  | the view \"close\" is unknown; use whole, detail or both",
                "tiles     | 0      | tiles is 0; it must be from 1 to 4096",
                "seed      | x      | spark.deqa.seed is \"x\"; use a whole number",
                "veiw      | both   | the setting spark.deqa.veiw is unknown; after spark.deqa. comes one of model, base, tokenizer, prompt, precision, device, exif, maxPixels, batch, view, tiles, seed"
            })
    void aSettingThatCannotBeEndsTheQuery(String name, String value, String message) {
        LocalSpark.SESSION.conf().set("spark.deqa." + name, value);
        assertThatThrownBy(() -> sql("SELECT deqa_score(content) FROM photos"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(message);
    }

    @Test
    void settingsReachTheScorer() {
        LocalSpark.SESSION.conf().set("spark.deqa.maxPixels", "10");
        assertThat(sql("SELECT deqa_score(content).error FROM photos").collectAsList())
                .hasSize(images.size())
                .allMatch(row -> row.getString(0).contains("10"));
    }

    private static Dataset<Row> sql(String text) {
        return LocalSpark.SESSION.sql(text);
    }
}
