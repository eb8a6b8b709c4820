package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New files in a folder are scored once, also when the query begins again. */
class StructuredStreamingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void newFilesAreScoredOnceAlsoAfterARestart() throws IOException, StreamingQueryException, TimeoutException {
        Files.createDirectory(folder.resolve("inbox"));
        add("s0_97x61.png");
        add("s2_56x56.png");
        run();
        assertThat(scored()).containsExactly("s0_97x61.png", "s2_56x56.png");

        add("s4_23x15.png");
        run();
        run(); // with nothing new
        assertThat(scored()).containsExactly("s0_97x61.png", "s2_56x56.png", "s4_23x15.png");
    }

    private void add(String image) throws IOException {
        Files.copy(
                Golden.mini().resolve("images").resolve(image),
                folder.resolve("inbox").resolve(image));
    }

    /** Scores what is there and stops. */
    private void run() throws StreamingQueryException, TimeoutException {
        Dataset<Row> photos = LocalSpark.SESSION
                .readStream()
                .format("binaryFile")
                .schema("path STRING, modificationTime TIMESTAMP, length BIGINT, content BINARY")
                .load(folder.resolve("inbox").toString());
        LocalSpark.transformer()
                .transform(photos)
                .select("path", "quality")
                .writeStream()
                .format("parquet")
                .option("checkpointLocation", folder.resolve("checkpoint").toString())
                .trigger(Trigger.AvailableNow())
                .start(folder.resolve("scores").toString())
                .awaitTermination();
    }

    /** Names of the files that have a score, sorted. */
    private List<String> scored() {
        return LocalSpark.SESSION
                .read()
                .parquet(folder.resolve("scores").toString())
                .where("quality.score >= 1")
                .select("path")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0).replaceFirst(".*/", ""))
                .sorted()
                .toList();
    }
}
