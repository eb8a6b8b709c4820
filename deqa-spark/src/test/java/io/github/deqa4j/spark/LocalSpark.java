package io.github.deqa4j.spark;

import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Spark in this JVM with two tasks at a time, which all tests share; and the tiny network that they score with. */
final class LocalSpark {
    static final SparkSession SESSION = SparkSession.builder()
            .master("local[2]")
            .appName("deqa-spark")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.adaptive.enabled", false)
            .config("spark.sql.codegen.wholeStage", false) // compiling takes longer than a few rows
            .config("spark.sql.extensions", DeqaExtensions.class.getName())
            .config("spark.plugins", ExecutorMetrics.class.getName())
            .config("spark.metrics.conf.*.sink.jmx.class", "org.apache.spark.metrics.sink.JmxSink")
            .config("spark.sql.warehouse.dir", "target/spark-warehouse")
            .getOrCreate();

    /** Directory of a small network with random weights. */
    static final Path MODEL = Golden.mini().resolve("compact");

    /** Name of the folder of {@link #images}. */
    static final String IMAGES = "100% odd #names";

    private LocalSpark() {}

    static ImageQualityTransformer transformer() {
        return new ImageQualityTransformer().setModel(MODEL.toString());
    }

    /** The same network without Spark. */
    static Scorer scorer() {
        return Scorers.open(ModelSource.directory(MODEL));
    }

    /** Images of several sizes, formats of pixels, and awkward names, in a new folder below another. */
    static List<Path> images(Path folder) {
        try (Stream<Path> files = Files.list(Golden.mini().resolve("images"))) {
            Path images = Files.createDirectory(folder.resolve(IMAGES));
            return files.sorted().map(file -> copy(file, images)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows with {@code path}, {@code content} and more. */
    static Dataset<Row> binaryFiles(Path folder) {
        return SESSION.read()
                .format("binaryFile")
                .option("recursiveFileLookup", true)
                .load(folder.toUri().getPath());
    }

    private static Path copy(Path file, Path folder) {
        try {
            return Files.copy(file, folder.resolve("a b%20#+ " + file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
