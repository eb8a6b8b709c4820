package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Broken images among good ones: each is an error of its row, and every good one keeps its score. */
class BrokenImagesTest {
    private static final StructType CONTENT =
            new StructType().add("name", DataTypes.StringType).add("content", DataTypes.BinaryType);
    private static final List<String> FORMATS = List.of("png", "jpg", "gif", "bmp", "tif");
    private static final int CUTS = 12;
    private static final int CHANGES = 10;
    private static final int KINDS = 100;

    /** Where a PNG file has the width and the height, and the CRC over them and what is around. */
    private static final int PNG_WIDTH = 16;

    private static final int PNG_CRC_FROM = 12;
    private static final int PNG_CRC = 29;
    private static final int HUGE = 60_000;

    private final byte[] good = Files.readAllBytes(Golden.mini().resolve("images/s2_56x56.png"));

    BrokenImagesTest() throws IOException {}

    @Test
    void brokenImagesAreErrorsAndGoodOnesKeepTheirScores() throws IOException {
        List<Row> input = new ArrayList<>();
        for (Map.Entry<String, byte[]> one : broken().entrySet()) {
            input.add(RowFactory.create(one.getKey(), one.getValue()));
            input.add(RowFactory.create("good", good));
        }
        List<Row> rows = LocalSpark.transformer().transform(table(input)).collectAsList();

        assertThat(rows).hasSameSizeAs(input);
        double expected;
        try (Scorer scorer = LocalSpark.scorer()) {
            expected = scorer.score(EncodedImage.of(good, "good")).score();
        }
        int errors = 0;
        for (Row row : rows) {
            String error = row.getStruct(2).getAs("error");
            if (row.getString(0).equals("good")) {
                assertThat(row.getStruct(2).<Double>getAs("score")).isEqualTo(expected);
            } else if (error == null) { // a changed byte may be a pixel
                assertThat(row.getStruct(2).<Double>getAs("score"))
                        .as(row.getString(0))
                        .isBetween(1.0, 5.0);
            } else {
                errors++;
                assertThat(error).as(row.getString(0)).startsWith("content: ").doesNotContain("\n", "Exception");
            }
        }
        assertThat(errors).isGreaterThanOrEqualTo(KINDS);
    }

    @Test
    void aColumnOfNullsStaysOne() {
        Row none = RowFactory.create("none", null);
        Dataset<Row> table = table(List.of(none, none, none));
        assertThat(LocalSpark.transformer().transform(table).collectAsList())
                .hasSize(3)
                .allMatch(row -> row.isNullAt(2));
        LocalSpark.SESSION.conf().set("spark.deqa.model", LocalSpark.MODEL.toString());
        assertThat(table.selectExpr("deqa_score(content)").collectAsList())
                .hasSize(3)
                .allMatch(row -> row.isNullAt(0));
        LocalSpark.SESSION.conf().unset("spark.deqa.model");
    }

    @Test
    void anImageThatSaysItIsHugeIsNotDecoded() {
        ByteBuffer huge = ByteBuffer.wrap(good.clone()).putInt(PNG_WIDTH, HUGE).putInt(PNG_WIDTH + Integer.BYTES, HUGE);
        CRC32 crc = new CRC32();
        crc.update(huge.array(), PNG_CRC_FROM, PNG_CRC - PNG_CRC_FROM);
        huge.putInt(PNG_CRC, (int) crc.getValue());
        Row row = LocalSpark.transformer()
                .transform(table(List.of(RowFactory.create("huge", huge.array()))))
                .first();
        assertThat(row.getStruct(2).<String>getAs("error"))
                .startsWith("content: the image is 60000×60000 pixels; at most 178956970 pixels are read");
    }

    /** Files cut short, with changed bytes, and of other kinds. */
    private Map<String, byte[]> broken() throws IOException {
        Map<String, byte[]> broken = new LinkedHashMap<>();
        Random random = new Random(20260101);
        for (String format : FORMATS) {
            byte[] whole = image(format);
            for (int i = 0; i < CUTS; i++) {
                broken.put(format + " cut to " + i + "/" + CUTS, Arrays.copyOf(whole, whole.length * i / CUTS));
            }
            for (int i = 0; i < CHANGES; i++) {
                byte[] changed = whole.clone();
                int at = random.nextInt(40);
                Arrays.fill(changed, at, at + 1 + random.nextInt(20), (byte) random.nextInt(256));
                broken.put(format + " with changed bytes, " + i, changed);
            }
            broken.put(format + " backwards", reversed(whole));
        }
        for (String text :
                List.of("hello", "<html></html>", "%PDF-1.7", "PK\3\4", "GIF89a", "\u0000", "RIFF....WEBP", "BM")) {
            broken.put(text, text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return broken;
    }

    private static byte[] image(String format) throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, x * x * y * 977);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).as(format).isTrue();
        return bytes.toByteArray();
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static Dataset<Row> table(List<Row> rows) {
        return LocalSpark.SESSION.createDataFrame(rows, CONTENT).coalesce(2);
    }
}
