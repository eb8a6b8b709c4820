package io.github.deqa4j.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidInputException;
import io.github.deqa4j.score.BatchScorer;
import io.github.deqa4j.score.Scorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A job for {@code spark-submit} that scores the image files of folders, or the images of a table, and writes the scores as Parquet. The
 * settings {@code spark.deqa.model} and so on, those of {@link DeqaExtensions}, say which model scores.
 *
 * <p>A row has {@code path}, {@code length} (in bytes) and {@code modificationTime} of an image, and the fields of the struct that
 * {@link ImageQualityTransformer} gives. Rows appear in the output as tasks end, so that a job that is killed keeps what it has done.
 */
public final class ScoreImages {
    private static final String USAGE =
            "--input FOLDER [--input FOLDER …] or --table TABLE, with --output FOLDER [--task-images N] [--resume]";
    private static final String PATH = "path";
    private static final String CONTENT = "content";
    private static final String QUALITY = "quality";

    /** What an image is known by when a job is resumed. */
    private static final StructType FILE = new StructType()
            .add(PATH, DataTypes.StringType)
            .add("length", DataTypes.LongType)
            .add("modificationTime", DataTypes.TimestampType);

    /** Bytes of a file that take about as long to decode as the small network takes for an image. */
    private static final long BYTES_LIKE_AN_IMAGE = 4_000_000;

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
        Counts done = job.score();
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(
                Locale.ROOT,
                "%,d images in %.1f s, %.2f a second: %,d with a score, %,d with an error%s; %s has %,d images with a score by this"
                        + " model",
                done.images(),
                seconds,
                done.images() / seconds,
                done.scores(),
                done.errors(),
                done.nulls() == 0 ? "" : String.format(Locale.ROOT, ", %,d null", done.nulls()),
                arguments.output(),
                job.exists(arguments.output()) ? job.scored().count() : 0);
    }

    /** How many images there were, and what became of them. */
    private record Counts(long images, long scores, long errors) {
        static Counts of(Observation observed) {
            try {
                Map<String, Object> counts = observed.getAsJava();
                return new Counts(number(counts, "images"), number(counts, "scores"), number(counts, "errors"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the job was interrupted", e);
            }
        }

        private static long number(Map<String, Object> counts, String name) {
            return (long) Objects.requireNonNull(counts.get(name));
        }

        long nulls() {
            return images - scores - errors;
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

    private Counts score() {
        Dataset<Row> rest = rest();
        if (Arrays.asList(rest.columns()).contains(CONTENT)) {
            return score(rest, CONTENT); // a table's files are of equal size already, and bytes are not sent around
        }
        Dataset<Row> listed = rest.persist();
        try {
            return score(listed.repartition(tasks(listed)), PATH);
        } finally {
            listed.unpersist();
        }
    }

    /** The images that have no score yet. */
    private Dataset<Row> rest() {
        Dataset<Row> images = arguments.table().isEmpty() ? files() : table(arguments.table());
        if (!exists(arguments.output())) {
            return images;
        }
        if (!arguments.resume()) {
            throw new InvalidInputException(arguments.output()
                    + " exists already; name another output, or add --resume to score what is missing in it");
        }
        Dataset<Row> scored = scored();
        Column same = Stream.of(FILE.fieldNames())
                .map(name -> images.col(name).eqNullSafe(scored.col(name)))
                .reduce(Column::and)
                .orElseThrow();
        return images.join(scored, same, "left_anti");
    }

    private Dataset<Row> files() {
        return spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", true)
                .load(arguments.inputs().toArray(String[]::new))
                .drop(CONTENT);
    }

    /** What a table has of the columns of a data source {@code binaryFile}. */
    private Dataset<Row> table(String name) {
        Dataset<Row> table = spark.sql("SELECT * FROM " + name);
        List<String> columns = Arrays.asList(table.columns());
        if (!columns.contains(PATH)) {
            throw new InvalidInputException(name + " has no column " + PATH + ", which names an image; it has "
                    + String.join(", ", columns) + ", of which a view can make one");
        }
        Stream<Column> file = Stream.of(FILE.fields())
                .map(field -> (columns.contains(field.name()) ? col(field.name()) : lit(null))
                        .cast(field.dataType())
                        .as(field.name()));
        Stream<Column> content = Stream.of(CONTENT).filter(columns::contains).map(column -> col(column));
        return table.select(Stream.concat(file, content).toArray(Column[]::new));
    }

    /** How many tasks images make that take about as long each. Spark deals the images out to them without regard to their size. */
    private int tasks(Dataset<Row> images) {
        Row sums = images.agg(count(lit(1)), coalesce(sum("length"), lit(0L))).first();
        long weight = sums.getLong(0) + sums.getLong(1) / BYTES_LIKE_AN_IMAGE;
        return Math.toIntExact(1 + weight / arguments.taskImages());
    }

    private Counts score(Dataset<Row> images, String column) {
        Observation counts = new Observation();
        ImageQualityTransformer.of(settings, views)
                .setInputCol(column)
                .setOutputCol(QUALITY)
                .transform(images)
                .select(columns())
                .observe(
                        counts,
                        count(lit(1)).as("images"),
                        count(col("score")).as("scores"),
                        count(col("error")).as("errors"))
                .write()
                .mode(SaveMode.Append)
                // Files of a task appear when the task ends, not when the job ends.
                .option("mapreduce.fileoutputcommitter.algorithm.version", 2)
                .parquet(arguments.output());
        return Counts.of(counts);
    }

    private static Column[] columns() {
        return Stream.concat(
                        Stream.of(FILE.fieldNames()),
                        Stream.of(QualityStruct.TYPE.fieldNames()).map(field -> QUALITY + "." + field))
                .map(name -> col(name))
                .toArray(Column[]::new);
    }

    /** The rows of the output that have a score of the model. */
    private Dataset<Row> scored() {
        return spark.read()
                .parquet(arguments.output())
                .where(col("model").equalTo(model).and(col("score").isNotNull()));
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
     * @param inputs folders of image files; empty if there is a table
     * @param table what SQL selects images from; empty if there are folders
     * @param output folder for the scores
     * @param taskImages images of a task, at least 1
     * @param resume whether images that have a score by the same model in the output are left out
     */
    record Arguments(List<String> inputs, String table, String output, int taskImages, boolean resume) {
        /** A task of a few minutes: what is lost at most when it fails, and many for each processor, so that none waits for long. */
        private static final String USUAL_TASK_IMAGES = "1000";

        /** @throws InvalidInputException if they are not as {@link #USAGE} says */
        static Arguments parse(String... arguments) {
            List<String> inputs = new ArrayList<>();
            Map<String, String> others = new HashMap<>();
            boolean resume = false;
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--input" -> inputs.add(value(arguments, ++i));
                    case "--table", "--output", "--task-images" -> others.put(arguments[i], value(arguments, ++i));
                    case "--resume" -> resume = true;
                    default -> throw new InvalidInputException("\"" + arguments[i] + "\" is unknown; use " + USAGE);
                }
            }
            String table = others.getOrDefault("--table", "");
            String output = others.getOrDefault("--output", "");
            if (inputs.isEmpty() == table.isEmpty() || output.isEmpty()) {
                throw new InvalidInputException("an input or a table, and an output are needed; use " + USAGE);
            }
            return new Arguments(
                    inputs, table, output, count(others.getOrDefault("--task-images", USUAL_TASK_IMAGES)), resume);
        }

        private static String value(String[] arguments, int i) {
            if (i == arguments.length) {
                throw new InvalidInputException(arguments[i - 1] + " needs a value; use " + USAGE);
            }
            return arguments[i];
        }

        private static int count(String text) {
            if (!text.matches("[1-9][0-9]{0,8}")) {
                throw new InvalidInputException("--task-images is \"" + text + "\"; it must be a number above 0");
            }
            return Integer.parseInt(text);
        }
    }
}
