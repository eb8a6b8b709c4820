package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageQualityTransformerTest {
    private static final StructType CONTENT =
            new StructType().add("id", DataTypes.IntegerType).add("content", DataTypes.BinaryType);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private static List<Path> images = List.of();

    private static final Map<String, QualityScore> EXPECTED = new HashMap<>();

    @SuppressWarnings("NullAway.Init")
    private static String identity;

    @BeforeAll
    static void scoreWithoutSpark() {
        images = LocalSpark.images(folder);
        try (Scorer scorer = LocalSpark.scorer()) {
            images.forEach(file -> EXPECTED.put(file.toString(), scorer.score(file)));
            identity = scorer.model().identity();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 11})
    void scoresAreThoseOfTheScorerInAnyPartitioning(int partitions) {
        List<Row> rows = LocalSpark.transformer()
                .transform(photos().repartition(partitions))
                .collectAsList();

        assertThat(rows).hasSize(images.size());
        for (Row row : rows) {
            assertScored(row.getStruct(row.fieldIndex("quality")), Path.of(localPath(row.getAs("path"))));
        }
    }

    @Test
    void pathsAreTakenAsTheyAre() {
        List<Row> rows = LocalSpark.transformer()
                .setInputCol("path")
                .transform(photos().select("path"))
                .collectAsList();

        assertThat(rows).hasSize(images.size());
        rows.forEach(row -> assertScored(row.getStruct(1), Path.of(localPath(row.getString(0)))));
    }

    @Test
    void imagesThatSparkDecodedAreScored() {
        List<Row> rows = LocalSpark.transformer()
                .setInputCol("image")
                .transform(LocalSpark.SESSION
                        .read()
                        .format("image")
                        .option("recursiveFileLookup", true)
                        .load(folder.resolve(LocalSpark.IMAGES).toString()))
                .collectAsList();

        assertThat(rows).hasSize(images.size());
        for (Row row : rows) { // PNG files of 8 bits, which Spark decodes to the same pixels
            String origin = row.getStruct(0).getAs("origin");
            assertScored(row.getStruct(1), Path.of(URI.create(origin)));
        }
    }

    @Test
    void aBrokenImageIsAnErrorOfItsRow() throws IOException {
        byte[] good = Files.readAllBytes(images.get(0));
        List<Row> rows = transform(
                CONTENT,
                RowFactory.create(0, good),
                RowFactory.create(1, new byte[0]),
                RowFactory.create(2, "hello, this is text".getBytes(StandardCharsets.UTF_8)),
                RowFactory.create(3, Arrays.copyOf(good, good.length / 2)),
                RowFactory.create(4, null),
                RowFactory.create(5, good));

        assertThat(rows).extracting(row -> row.getInt(0)).containsExactly(0, 1, 2, 3, 4, 5);
        assertScored(rows.get(0).getStruct(2), images.get(0));
        assertScored(rows.get(5).getStruct(2), images.get(0));
        assertThat(rows.get(4).isNullAt(2)).isTrue();
        for (Row row : rows.subList(1, 4)) {
            Row quality = row.getStruct(2);
            assertThat(quality.<String>getAs("error")).startsWith("content: ").doesNotContain("\n");
            assertThat(quality.<String>getAs("model")).isEqualTo(identity);
            for (String field : quality.schema().fieldNames()) {
                if (!List.of("model", "error").contains(field)) {
                    assertThat(quality.<Object>getAs(field)).as(field).isNull();
                }
            }
        }
    }

    @Test
    void aPathThatLeadsNowhereIsAnErrorOfItsRow() {
        StructType schema = new StructType().add("path", DataTypes.StringType);
        Path missing = folder.resolve("no%20such.jpg");
        List<Row> rows = LocalSpark.transformer()
                .setInputCol("path")
                .transform(LocalSpark.SESSION.createDataFrame(
                        List.of(
                                RowFactory.create(missing.toString()),
                                RowFactory.create(folder.toString()),
                                RowFactory.create(""),
                                RowFactory.create(images.get(1).toString())),
                        schema))
                .collectAsList();

        assertThat(error(rows.get(0)))
                .isEqualTo(missing + ": there is no such file; paths are taken as they are, and"
                        + " those of input_file_name() and _metadata.file_path have escapes: use the column path of the data"
                        + " source binaryFile");
        assertThat(error(rows.get(1))).startsWith(folder + ": ");
        assertThat(error(rows.get(2))).startsWith("\"\" is no path (");
        assertScored(rows.get(3).getStruct(1), images.get(1));
    }

    @Test
    void anUnknownFileSystemEndsTheJob() {
        Dataset<Row> rows = LocalSpark.transformer()
                .setInputCol("path")
                .transform(LocalSpark.SESSION.createDataFrame(
                        List.of(RowFactory.create("s3x://bucket/a.jpg")),
                        new StructType().add("path", DataTypes.StringType)));
        assertThatThrownBy(rows::collectAsList)
                .hasMessageContaining("s3x://bucket/a.jpg: its file system cannot be used (");
    }

    @Test
    void noRowsAreNoRows() {
        Dataset<Row> scored =
                LocalSpark.transformer().transform(LocalSpark.SESSION.createDataFrame(List.of(), CONTENT));
        assertThat(scored.collectAsList()).isEmpty();
        assertThat(scored.columns()).containsExactly("id", "content", "quality");
    }

    @Test
    void theResultHasTheDocumentedFields() {
        assertThat(new ImageQualityTransformer()
                        .setOutputCol("q")
                        .transformSchema(CONTENT)
                        .apply("q")
                        .dataType()
                        .catalogString())
                .isEqualTo(
                        "struct<score:double,std:double,"
                                + "probabilities:struct<excellent:double,good:double,fair:double,poor:double,bad:double>,"
                                + "width:int,height:int,model:string,error:string,"
                                + "score_interval:struct<low:double,high:double>,unfamiliar:boolean,unfamiliarity:double,"
                                + "faults:array<struct<kind:string,strength:double>>,view:string,"
                                + "detail:struct<score:double,std:double,"
                                + "worst:struct<score:double,x:int,y:int,width:int,height:int,faults:array<struct<kind:string,strength:double>>>,tiles:int,places:int,flat:int>>");
    }

    @Test
    void threadsEndWithTheTask() throws InterruptedException {
        LocalSpark.transformer().transform(photos().coalesce(1)).limit(1).collectAsList();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("deqa-decode")) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void aModelThatCannotBeOpenedEndsTheJobWithItsSentence() {
        Dataset<Row> scored = new ImageQualityTransformer()
                .setModel(folder.resolve("nowhere").toString())
                .transform(photos());
        assertThatThrownBy(scored::collectAsList)
                .hasMessageContaining("ModelLoadException: " + folder.resolve("nowhere"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image   | q  | int8    | there is no column image; set inputCol to one of id, content",
                "id      | q  | int8    | the column id has the type int; it must have the bytes of an image file (binary)",
                "content | id | int8    | there is a column id already; set outputCol to another name",
                "content | q  | float17 | the precision \"float17\" is unknown"
            })
    void whatCannotBeIsToldBeforeAJobBegins(String input, String output, String precision, String message) {
        ImageQualityTransformer transformer = new ImageQualityTransformer()
                .setInputCol(input)
                .setOutputCol(output)
                .setPrecision(precision);
        assertThatThrownBy(() -> transformer.transform(LocalSpark.SESSION.createDataFrame(List.of(), CONTENT)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aPipelineIsSavedAndLoaded() throws IOException {
        ImageQualityTransformer transformer = LocalSpark.transformer()
                .setInputCol("content")
                .setOutputCol("q")
                .setMaxPixels(1_000_000)
                .setExif(true)
                .setBatch("2")
                .setView("both")
                .setTiles(3)
                .setSeed(5);
        String place = folder.resolve("saved").toString();
        new Pipeline()
                .setStages(new PipelineStage[] {transformer})
                .fit(LocalSpark.SESSION.createDataFrame(List.of(), CONTENT))
                .write()
                .overwrite()
                .save(place);
        PipelineModel loaded = PipelineModel.load(place);

        ImageQualityTransformer stage = (ImageQualityTransformer) loaded.stages()[0];
        assertThat(stage.uid()).isEqualTo(transformer.uid());
        assertThat(values(stage)).isEqualTo(values(transformer)).hasSize(14);
        assertThat(loaded.transform(photos()).select("q.error").collectAsList())
                .hasSize(images.size())
                .allMatch(row -> row.isNullAt(0));
    }

    @Test
    void aTransformerIsSavedLoadedAndCopied() throws IOException {
        ImageQualityTransformer transformer =
                LocalSpark.transformer().setPrompt("evaluation").setPrecision("bf16");
        String place = folder.resolve("saved alone").toString();
        transformer.save(place);

        ImageQualityTransformer copy =
                ImageQualityTransformer.load(place).copy(new ParamMap().put(transformer.precision(), "int8"));
        assertThat(copy.getPrecision()).isEqualTo("int8");
        assertThat(copy.getPrompt()).isEqualTo("evaluation");
        assertThat(copy.getModel()).isEqualTo(transformer.getModel());
    }

    @Test
    void everyParameterHasADescriptionADefaultAndASetter() {
        ImageQualityTransformer transformer = new ImageQualityTransformer();
        assertThat(transformer.params())
                .extracting(Param::name)
                .containsExactly(
                        "base",
                        "batch",
                        "device",
                        "exif",
                        "inputCol",
                        "maxPixels",
                        "model",
                        "outputCol",
                        "precision",
                        "prompt",
                        "seed",
                        "tiles",
                        "tokenizer",
                        "view");
        for (Param<?> param : transformer.params()) {
            assertThat(param.doc()).as(param.name()).isNotBlank();
            assertThat(transformer.hasDefault(param)).as(param.name()).isTrue();
        }
        assertThat(List.of(transformer
                        .setInputCol("a")
                        .setOutputCol("b")
                        .setModel("c")
                        .setBase("d")
                        .setTokenizer("e")
                        .setPrompt("f")
                        .setPrecision("g")
                        .setDevice("h")
                        .setExif(true)
                        .setMaxPixels(7)
                        .setBatch("8")
                        .setView("i")
                        .setTiles(9)
                        .setSeed(10)))
                .extracting(
                        ImageQualityTransformer::getInputCol,
                        ImageQualityTransformer::getOutputCol,
                        ImageQualityTransformer::getModel,
                        ImageQualityTransformer::getBase,
                        ImageQualityTransformer::getTokenizer,
                        ImageQualityTransformer::getPrompt,
                        ImageQualityTransformer::getPrecision,
                        ImageQualityTransformer::getDevice,
                        ImageQualityTransformer::getExif,
                        ImageQualityTransformer::getMaxPixels,
                        ImageQualityTransformer::getBatch,
                        ImageQualityTransformer::getView,
                        ImageQualityTransformer::getTiles,
                        ImageQualityTransformer::getSeed)
                .containsExactly(tuple("a", "b", "c", "d", "e", "f", "g", "h", true, 7, "8", "i", 9, 10L));
    }

    @Test
    void theEngineGetsTheProcessorsOfATask() {
        assertThat(LocalSpark.SESSION
                        .range(1)
                        .map((MapFunction<Long, Integer>) any -> SharedScorers.processorsOfTask(), Encoders.INT())
                        .collectAsList())
                .containsExactly(1); // spark.task.cpus
        assertThat(SharedScorers.processorsOfTask())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @AfterAll
    static void forget() {
        EXPECTED.clear();
    }

    /** Other tests of this class write beside the images. */
    private static Dataset<Row> photos() {
        return LocalSpark.binaryFiles(folder.resolve(LocalSpark.IMAGES));
    }

    private static List<Row> transform(StructType schema, Row... rows) {
        return LocalSpark.transformer()
                .transform(LocalSpark.SESSION
                        .createDataFrame(List.of(rows), schema)
                        .coalesce(1))
                .collectAsList();
    }

    private static void assertScored(Row quality, Path file) {
        QualityScore expected = Objects.requireNonNull(EXPECTED.get(file.toString()), file.toString());
        assertThat(quality.<String>getAs("error")).isNull();
        assertThat(quality.<Double>getAs("score")).isEqualTo(expected.score());
        assertThat(quality.<Double>getAs("std")).isEqualTo(expected.std());
        Row probabilities = quality.getAs("probabilities");
        for (Level level : Level.ALL) {
            assertThat(probabilities.<Double>getAs(level.word()))
                    .isEqualTo(expected.probabilities().get(level));
        }
        String size = file.getFileName().toString().replaceAll(".*_(\\d+x\\d+)\\.png", "$1");
        assertThat(quality.getAs("width") + "x" + quality.getAs("height")).isEqualTo(size);
        assertThat(quality.<String>getAs("model")).isEqualTo(identity);
        assertThat(quality.<String>getAs("view")).isEqualTo("whole");
        for (String untold : List.of("score_interval", "unfamiliar", "unfamiliarity", "faults", "detail")) {
            assertThat(quality.<Object>getAs(untold)).as(untold).isNull(); // the tiny network has no files for it
        }
    }

    private static String error(Row row) {
        return row.getStruct(1).getAs("error");
    }

    /** A path of Hadoop without its scheme. */
    private static String localPath(String path) {
        return path.replaceFirst("^file:/+", "/");
    }

    private static List<Object> values(ImageQualityTransformer transformer) {
        List<Object> values = new ArrayList<>();
        for (Param<?> param : transformer.params()) {
            values.add(transformer.getOrDefault(param));
        }
        return values;
    }
}
