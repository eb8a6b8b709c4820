package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.score.Tile;
import io.github.deqa4j.score.View;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the network that ships tells beside the score, in the struct of a row. */
class QualityStructTest {
    private static final Scorer SCORER = SharedScorers.OF_JVM.get(ScoringSettings.defaults());
    private static final byte[] IMAGE = image();
    private static final RgbImage DECODED = SCORER.decode(EncodedImage.of(IMAGE, "image"));
    private static final DetailSettings DETAIL = new DetailSettings(2, 1);
    private static final DetailScore EXPECTED_DETAIL = SCORER.scoreDetail(DECODED, DETAIL);

    @AfterEach
    void forgetSettings() {
        List.of("view", "tiles", "seed")
                .forEach(name -> LocalSpark.SESSION.conf().unset("spark.deqa." + name));
    }

    @Test
    void everyFieldOfTheTransformerIsWhatTheScorerSays() {
        Row row = new ImageQualityTransformer()
                .setView("both")
                .setTiles(DETAIL.tiles())
                .setSeed(DETAIL.seed())
                .transform(oneImage())
                .first()
                .getStruct(1);
        assertScored(row, View.BOTH, SCORER.score(DECODED));
    }

    @Test
    void everyFieldOfTheFunctionIsWhatTheScorerSays() {
        LocalSpark.SESSION.conf().set("spark.deqa.view", "detail");
        LocalSpark.SESSION.conf().set("spark.deqa.tiles", DETAIL.tiles());
        LocalSpark.SESSION.conf().set("spark.deqa.seed", DETAIL.seed());
        Row row = oneImage().selectExpr("deqa_score(content)").first().getStruct(0);
        assertScored(row, View.DETAIL, EXPECTED_DETAIL.quality());
    }

    @Test
    void tilesAreCountedBeforeAJobBegins() {
        ImageQualityTransformer many = new ImageQualityTransformer().setTiles(5000);
        StructType schema = new StructType().add("content", DataTypes.BinaryType);
        assertThatThrownBy(() -> many.transformSchema(schema))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("tiles is 5000; it must be from 1 to 4096");
    }

    private static Dataset<Row> oneImage() {
        return LocalSpark.SESSION.createDataFrame(
                List.of(RowFactory.create(IMAGE)), new StructType().add("content", DataTypes.BinaryType));
    }

    private static void assertScored(Row row, View view, QualityScore expected) {
        assertThat(row.<Double>getAs("score")).isEqualTo(expected.score());
        assertThat(row.<Double>getAs("std")).isEqualTo(expected.std());
        assertThat(row.<String>getAs("view")).isEqualTo(view.toString());
        assertThat(row.<String>getAs("model")).isEqualTo(SCORER.model().identity(view, DETAIL));
        assertReliability(row, expected);
        assertDetail(row.getAs("detail"), EXPECTED_DETAIL);
    }

    private static void assertReliability(Row row, QualityScore expected) {
        expected.reliability()
                .ifPresentOrElse(
                        reliability -> {
                            Row interval = row.getAs("score_interval");
                            assertThat(interval.<Double>getAs("low"))
                                    .isEqualTo(reliability.interval().low());
                            assertThat(interval.<Double>getAs("high"))
                                    .isEqualTo(reliability.interval().high());
                            assertThat(row.<Boolean>getAs("unfamiliar")).isEqualTo(reliability.unfamiliar());
                            assertThat(row.<Double>getAs("unfamiliarity")).isEqualTo(reliability.unfamiliarity());
                        },
                        () -> assertThat(row.<Object>getAs("unfamiliar")).isNull());
        assertFaults(row, expected);
    }

    private static void assertFaults(Row row, QualityScore expected) {
        if (expected.faults().isPresent()) {
            assertThat(row.<Row>getList(row.fieldIndex("faults")))
                    .extracting(fault -> fault.getString(0) + " " + fault.getDouble(1))
                    .containsExactlyElementsOf(expected.faults().get().stream()
                            .map(QualityStructTest::text)
                            .toList());
        } else {
            assertThat(row.<Object>getAs("faults")).isNull();
        }
    }

    private static String text(Fault fault) {
        return fault.kind() + " " + fault.strength();
    }

    private static void assertDetail(Row row, DetailScore expected) {
        assertThat(row.<Double>getAs("score")).isEqualTo(expected.quality().score());
        assertThat(row.<Double>getAs("std")).isEqualTo(expected.quality().std());
        assertThat(row.<Integer>getAs("tiles")).isEqualTo(2);
        assertThat(row.<Integer>getAs("places")).isEqualTo(expected.places()).isGreaterThan(2);
        assertThat(row.<Integer>getAs("flat")).isEqualTo(expected.flat());
        Tile worst = expected.worst();
        Row part = row.getAs("worst");
        assertThat(part.<Double>getAs("score")).isEqualTo(worst.quality().score());
        assertThat(part.<Integer>getAs("x")).isEqualTo(worst.x());
        assertThat(part.<Integer>getAs("y")).isEqualTo(worst.y());
        assertThat(part.<Integer>getAs("width")).isEqualTo(worst.width());
        assertThat(part.<Integer>getAs("height")).isEqualTo(worst.height());
        assertFaults(part, worst.quality());
    }

    /** Many tiles of noise, with few pixels: an image that is longer than 8192 pixels has tiles. */
    private static byte[] image() {
        BufferedImage image = new BufferedImage(8300, 9, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, (x / 5) << 16 | (y / 4) << 8 | random.nextInt(60));
            }
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
