package io.github.deqa4j.spark;

import static org.apache.spark.sql.functions.col;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidInputException;
import io.github.deqa4j.score.BatchScorer;
import io.github.deqa4j.score.Scorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.jspecify.annotations.Nullable;

/**
 * A job for {@code spark-submit} that scores the image files of folders and writes the scores as Parquet. The settings {@code spark.deqa.model}
 * and so on, those of {@link DeqaExtensions}, say which model scores.
 *
 * <p>A row has {@code path}, {@code length} (in bytes) and {@code modificationTime} of a file, and the fields of the struct that
 * {@link ImageQualityTransformer} gives. Rows appear in the output as tasks end, so that a job that is killed keeps what it has done.
 */
public final class ScoreImages {
    private static final String USAGE = "--input FOLDER [--input FOLDER …] --output FOLDER [--resume]";
    private static final String[] FILE = {"path", "length", "modificationTime"};
    private static final String QUALITY = "quality";

    /** A task of a few minutes: what is lost at most when it fails, and many for each processor, so that none waits for long. */
    private static final int IMAGES_OF_A_TASK = 1000;

    private final SparkSession spark;
    private final Arguments arguments;
    private final ScoringSettings settings;
    private final ViewSettings views;
    private final String model;

    private ScoreImages(SparkSession spark, Arguments arguments) {
        this.spark = spark;
        this.arguments = arguments;
        this.settings = SessionSettings.scoring(SQLConf.get());
        this.views = SessionSettings.views(SQLConf.get());
        this.model = identity(spark, settings, views);
    }

    /** Runs the job; without success the exit status is 1 and one sentence is printed. */
    public static void main(String[] arguments) {
        try {
            Arguments parsed = Arguments.parse(arguments);
            try (SparkSession spark =
                    SparkSession.builder().appName("ScoreImages").getOrCreate()) {
                System.out.println(run(spark, parsed));
            }
        } catch (Exception e) {
            System.err.println("ScoreImages: " + sentence(e));
            System.exit(1);
        }
    }

    /**
     * Scores what is to be scored.
     *
     * @return what was done, in one sentence
     */
    static String run(SparkSession spark, Arguments arguments) {
        long start = System.nanoTime();
        ScoreImages job = new ScoreImages(spark, arguments);
        Dataset<Row> rest = job.rest().persist();
        try {
            long images = rest.count();
            if (images > 0) {
                job.score(rest, Math.toIntExact((images + IMAGES_OF_A_TASK - 1) / IMAGES_OF_A_TASK));
            }
            return job.summary(images, (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
        } finally {
            rest.unpersist();
        }
    }

    /** What the model is. An executor opens it, so that a model that cannot be opened ends the job before a file is listed. */
    private static String identity(SparkSession spark, ScoringSettings settings, ViewSettings views) {
        MapFunction<Long, String> open = any -> {
            Scorer scorer = SharedScorers.OF_JVM.get(settings);
            BatchScorer.of(scorer, views.options()).close(); // refuses a view that the model does not have
            return views.identity(scorer.model());
        };
        return spark.range(0, 1, 1, 1).map(open, Encoders.STRING()).first();
    }

    /** The files that have no score yet. */
    private Dataset<Row> rest() {
        Dataset<Row> files = spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", true)
                .load(arguments.inputs().toArray(String[]::new))
                .selectExpr(FILE);
        if (!exists(arguments.output())) {
            return files;
        }
        if (!arguments.resume()) {
            throw new InvalidInputException(arguments.output()
                    + " exists already; name another output, or add --resume to score what is missing in it");
        }
        return files.join(scored().selectExpr(FILE), FILE, "left_anti");
    }

    private void score(Dataset<Row> rest, int tasks) {
        ImageQualityTransformer.of(settings, views)
                .setInputCol("path")
                .setOutputCol(QUALITY)
                .transform(rest.repartition(tasks))
                .select(columns())
                .write()
                .mode(SaveMode.Append)
                // Files of a task appear when the task ends, not when the job ends.
                .option("mapreduce.fileoutputcommitter.algorithm.version", 2)
                .parquet(arguments.output());
    }

    private static Column[] columns() {
        return Stream.concat(
                        Stream.of(FILE),
                        Stream.of(QualityStruct.TYPE.fieldNames()).map(field -> QUALITY + "." + field))
                .map(name -> col(name))
                .toArray(Column[]::new);
    }

    /** The rows of the output that have a score of the model. */
    private Dataset<Row> scored() {
        return spark.read()
                .parquet(arguments.output())
                .where(col("model").equalTo(model).and(col("error").isNull()));
    }

    private String summary(long images, double seconds) {
        long all = images == 0 && !exists(arguments.output()) ? 0 : scored().count();
        return String.format(
                Locale.ROOT,
                "%,d images in %.1f s, %.2f a second; %s has %,d images with a score by this model",
                images,
                seconds,
                images / seconds,
                arguments.output(),
                all);
    }

    private boolean exists(String folder) {
        Path path = new Path(folder);
        try {
            return path.getFileSystem(spark.sparkContext().hadoopConfiguration())
                    .exists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": it cannot be looked up (" + e.getMessage() + ")", e);
        }
    }

    /** What went wrong, where deqa4j knows; Spark's own errors begin with what they say of all attempts. */
    private static String sentence(Throwable error) {
        String known = Stream.iterate(error, Objects::nonNull, Throwable::getCause)
                .filter(DeqaException.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst()
                .orElse(error.toString());
        return known.lines().findFirst().orElse(known);
    }

    /**
     * The arguments of the job.
     *
     * @param inputs folders of image files, at least one
     * @param output folder for the scores
     * @param resume whether files that have a score by the same model in the output are left out
     */
    record Arguments(List<String> inputs, String output, boolean resume) {
        /** @throws InvalidInputException if they are not {@code --input FOLDER … --output FOLDER [--resume]} */
        static Arguments parse(String... arguments) {
            List<String> inputs = new ArrayList<>();
            String output = null;
            boolean resume = false;
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--input" -> inputs.add(value(arguments, ++i));
                    case "--output" -> output = value(arguments, ++i);
                    case "--resume" -> resume = true;
                    default -> throw new InvalidInputException("\"" + arguments[i] + "\" is unknown; use " + USAGE);
                }
            }
            return of(inputs, output, resume);
        }

        private static Arguments of(List<String> inputs, @Nullable String output, boolean resume) {
            if (inputs.isEmpty() || output == null) {
                throw new InvalidInputException("an input and an output are needed; use " + USAGE);
            }
            return new Arguments(inputs, output, resume);
        }

        private static String value(String[] arguments, int i) {
            if (i == arguments.length) {
                throw new InvalidInputException(arguments[i - 1] + " needs a folder; use " + USAGE);
            }
            return arguments[i];
        }
    }
}
