package io.github.deqa4j.spark;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.score.View;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Scores a column of images, from 1 (bad) to 5 (excellent).
 *
 * <pre>{@code
 * Dataset<Row> scored = new ImageQualityTransformer()
 *         .setInputCol("content")
 *         .transform(spark.read().format("binaryFile").load("hdfs:/photos"));
 * scored.select("path", "quality.score", "quality.error").show();
 * }</pre>
 *
 * <p>The input column has the bytes of image files (binary), their paths on any file system of Hadoop (string), or structs of
 * Spark's data source {@code image}. The output column is a struct: {@code score}, {@code std}, {@code probabilities} (a struct of the five
 * levels), {@code width}, {@code height}, {@code model} (what gave the score), {@code error}, {@code score_interval}, {@code unfamiliar},
 * {@code unfamiliarity}, {@code faults}, {@code view} and {@code detail}. An image that has no score is a row whose {@code error} is one
 * sentence, and never a failed task. A null stays null.
 *
 * <p>Bytes and paths have the scores of {@link io.github.deqa4j.score.Scorer#score(java.nio.file.Path)}, to the last bit, in any partitioning.
 * The struct of the data source {@code image} has pixels of another decoder.
 *
 * <p>The first task of an executor opens the model; all tasks share it until the executor ends. Each combination of the parameters from
 * {@code model} to {@code batch} is a scorer of its own, with memory of its own.
 */
public final class ImageQualityTransformer extends Transformer implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Param<String> inputCol;
    private final Param<String> outputCol;
    private final Param<String> model;
    private final Param<String> base;
    private final Param<String> tokenizer;
    private final Param<String> prompt;
    private final Param<String> precision;
    private final Param<String> device;
    private final BooleanParam exif;
    private final IntParam maxPixels;
    private final Param<String> batch;
    private final Param<String> view;
    private final IntParam tiles;
    private final LongParam seed;

    public ImageQualityTransformer() {
        this(Identifiable.randomUID("imageQuality"));
    }

    /** With the given {@link #uid()}, as Spark ML loads it. */
    public ImageQualityTransformer(String uid) {
        this.uid = uid; // first, because parameters ask for it
        this.inputCol = text(
                "inputCol", "column of images: bytes of image files, their paths, or structs of the data source image");
        this.outputCol = text("outputCol", "name of the new column, a struct with score and error");
        this.model = text(
                "model",
                "\"bundled\" for the small network, a directory on each executor, files:NAME for one that Spark has distributed"
                        + " (spark.archives), or hub:owner/name[@revision]");
        this.base =
                text("base", "the model that the LoRA adapter adapts, named as model; empty if model is no adapter");
        this.tokenizer = text(
                "tokenizer",
                "a tokenizer.model on each executor, or files:NAME; empty for the one in the model's directory");
        this.prompt = text(
                "prompt",
                "what a model that reads text is asked: \"scorer\", \"evaluation\" or a text with <|image|> in it; empty for the"
                        + " default");
        this.precision =
                text("precision", "number format of the weights: float32, bf16 or int8; empty for that of the model");
        this.device = text("device", "where to compute: cpu or cuda:N");
        this.exif = new BooleanParam(this, "exif", "whether images are turned as their EXIF orientation says");
        this.maxPixels = new IntParam(this, "maxPixels", "the most pixels that an image may have, from 1 to 715827882");
        this.batch = text(
                "batch",
                "images of one size in a pass through the network, from 1 to 256, or auto to measure how many are fastest");
        this.view = text(
                "view",
                "whole: images as a whole, shrunk to the size that the network takes; detail: tiles of them at their own scale;"
                        + " both: both, and the score is that of the whole");
        this.tiles = new IntParam(this, "tiles", "tiles of an image that are scored at most, from 1 to 4096");
        this.seed = new LongParam(this, "seed", "seed of the choice of tiles where an image has more");
        ScoringSettings usual = ScoringSettings.defaults();
        ViewSettings views = ViewSettings.defaults();
        setDefault(inputCol, "content");
        setDefault(outputCol, "quality");
        setDefault(model, usual.model());
        setDefault(base, "");
        setDefault(tokenizer, "");
        setDefault(prompt, "");
        setDefault(precision, "");
        setDefault(device, usual.device());
        setDefault(exif, usual.exif());
        setDefault(maxPixels, usual.maxPixels());
        setDefault(batch, usual.batch());
        setDefault(view, views.view().toString());
        setDefault(tiles, views.tiles());
        setDefault(seed, views.seed());
    }

    static ImageQualityTransformer of(ScoringSettings settings, ViewSettings views) {
        return new ImageQualityTransformer()
                .setModel(settings.model())
                .setBase(orEmpty(settings.base()))
                .setTokenizer(orEmpty(settings.tokenizer()))
                .setPrompt(orEmpty(settings.prompt()))
                .setPrecision(orEmpty(settings.precision()))
                .setDevice(settings.device())
                .setExif(settings.exif())
                .setMaxPixels(settings.maxPixels())
                .setBatch(settings.batch())
                .setView(views.view().toString())
                .setTiles(views.tiles())
                .setSeed(views.seed());
    }

    /** Reads what {@code save} wrote. */
    public static MLReader<ImageQualityTransformer> read() {
        return new DefaultParamsReader<>();
    }

    /** Loads what {@code save} wrote. */
    public static ImageQualityTransformer load(String path) {
        return read().load(path);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> images) {
        StructType result = transformSchema(images.schema());
        String column = getInputCol();
        PartitionTask task = new PartitionTask(
                settings(),
                views(),
                images.schema().fieldIndex(column),
                column,
                new SerializableConfiguration(
                        images.sparkSession().sparkContext().hadoopConfiguration()));
        return images.toDF().mapPartitions(task, Encoders.row(result));
    }

    /**
     * The input's columns and the output column.
     *
     * @throws InvalidSettingException if a parameter has a value that it cannot have, or does not go with the columns
     */
    @Override
    public StructType transformSchema(StructType schema) {
        settings().scorerSettings();
        views();
        requireColumn(schema);
        if (Arrays.asList(schema.fieldNames()).contains(getOutputCol())) {
            throw new InvalidSettingException(
                    "outputCol", "there is a column " + getOutputCol() + " already; set outputCol to another name");
        }
        return schema.add(getOutputCol(), QualityStruct.TYPE);
    }

    @Override
    public ImageQualityTransformer copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    private void requireColumn(StructType schema) {
        String column = getInputCol();
        if (!Arrays.asList(schema.fieldNames()).contains(column)) {
            throw new InvalidSettingException(
                    "inputCol",
                    "there is no column " + column + "; set inputCol to one of "
                            + String.join(", ", schema.fieldNames()));
        }
        ImageValue.requireImages(column, schema.apply(column).dataType());
    }

    private ScoringSettings settings() {
        return new ScoringSettings(
                $(model),
                orNull($(base)),
                orNull($(tokenizer)),
                orNull($(prompt)),
                orNull($(precision)),
                $(device),
                (boolean) $(exif),
                (int) $(maxPixels),
                $(batch));
    }

    private ViewSettings views() {
        return new ViewSettings(View.parse($(view)), (int) $(tiles), (long) $(seed));
    }

    private static @Nullable String orNull(String value) {
        return value.isEmpty() ? null : value;
    }

    private static String orEmpty(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }

    private Param<String> text(String name, String description) {
        return new Param<>(uid, name, description, String.class);
    }

    /** The column of images. */
    public Param<String> inputCol() {
        return inputCol;
    }

    public String getInputCol() {
        return $(inputCol);
    }

    public ImageQualityTransformer setInputCol(String value) {
        return (ImageQualityTransformer) set(inputCol, value);
    }

    /** The new column. */
    public Param<String> outputCol() {
        return outputCol;
    }

    public String getOutputCol() {
        return $(outputCol);
    }

    public ImageQualityTransformer setOutputCol(String value) {
        return (ImageQualityTransformer) set(outputCol, value);
    }

    /** Which model scores. */
    public Param<String> model() {
        return model;
    }

    public String getModel() {
        return $(model);
    }

    public ImageQualityTransformer setModel(String value) {
        return (ImageQualityTransformer) set(model, value);
    }

    /** The model that an adapter adapts. */
    public Param<String> base() {
        return base;
    }

    public String getBase() {
        return $(base);
    }

    public ImageQualityTransformer setBase(String value) {
        return (ImageQualityTransformer) set(base, value);
    }

    /** The tokenizer of a model that reads text. */
    public Param<String> tokenizer() {
        return tokenizer;
    }

    public String getTokenizer() {
        return $(tokenizer);
    }

    public ImageQualityTransformer setTokenizer(String value) {
        return (ImageQualityTransformer) set(tokenizer, value);
    }

    /** What a model that reads text is asked. */
    public Param<String> prompt() {
        return prompt;
    }

    public String getPrompt() {
        return $(prompt);
    }

    public ImageQualityTransformer setPrompt(String value) {
        return (ImageQualityTransformer) set(prompt, value);
    }

    /** The number format of the weights. */
    public Param<String> precision() {
        return precision;
    }

    public String getPrecision() {
        return $(precision);
    }

    public ImageQualityTransformer setPrecision(String value) {
        return (ImageQualityTransformer) set(precision, value);
    }

    /** Where to compute. */
    public Param<String> device() {
        return device;
    }

    public String getDevice() {
        return $(device);
    }

    public ImageQualityTransformer setDevice(String value) {
        return (ImageQualityTransformer) set(device, value);
    }

    /** Whether images are turned as their EXIF orientation says. */
    public BooleanParam exif() {
        return exif;
    }

    public boolean getExif() {
        return (boolean) $(exif);
    }

    public ImageQualityTransformer setExif(boolean value) {
        return (ImageQualityTransformer) set(exif, value);
    }

    /** The most pixels that an image may have. */
    public IntParam maxPixels() {
        return maxPixels;
    }

    public int getMaxPixels() {
        return (int) $(maxPixels);
    }

    public ImageQualityTransformer setMaxPixels(int value) {
        return (ImageQualityTransformer) set(maxPixels, value);
    }

    /** Images of one size in a pass. */
    public Param<String> batch() {
        return batch;
    }

    public String getBatch() {
        return $(batch);
    }

    public ImageQualityTransformer setBatch(String value) {
        return (ImageQualityTransformer) set(batch, value);
    }

    /** How large images are when they are judged. */
    public Param<String> view() {
        return view;
    }

    public String getView() {
        return $(view);
    }

    public ImageQualityTransformer setView(String value) {
        return (ImageQualityTransformer) set(view, value);
    }

    /** The most tiles of an image that are scored. */
    public IntParam tiles() {
        return tiles;
    }

    public int getTiles() {
        return (int) $(tiles);
    }

    public ImageQualityTransformer setTiles(int value) {
        return (ImageQualityTransformer) set(tiles, value);
    }

    /** Which tiles are scored of an image that has more. */
    public LongParam seed() {
        return seed;
    }

    public long getSeed() {
        return (long) $(seed);
    }

    public ImageQualityTransformer setSeed(long value) {
        return (ImageQualityTransformer) set(seed, value);
    }

    /**
     * Scores the images of a partition. It opens the model before it takes a row, so that a model that cannot be opened ends a task at its
     * start.
     */
    private record PartitionTask(
            ScoringSettings settings, ViewSettings views, int column, String name, SerializableConfiguration hadoop)
            implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            if (!rows.hasNext()) {
                return Collections.emptyIterator();
            }
            Scorer scorer = SharedScorers.OF_JVM.get(settings);
            ScoredRows scored =
                    new ScoredRows(scorer, views, SharedScorers.processorsOfTask(), rows, column, name, hadoop::value);
            // A task may end before its last row: it is killed, or a limit is reached.
            TaskCompletionListener listener = context -> scored.close();
            TaskContext.get().addTaskCompletionListener(listener);
            return scored;
        }
    }
}
