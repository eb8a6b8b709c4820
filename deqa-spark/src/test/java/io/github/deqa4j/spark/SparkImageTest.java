package io.github.deqa4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.score.Scorer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SparkImageTest {
    private static final Scorer SCORER = LocalSpark.scorer();

    @AfterAll
    static void close() {
        SCORER.close();
    }

    @Test
    void samplesAreBlueGreenRedAndAlpha() {
        assertThat(decoded(image(2, 1, 3, 10, 20, 30, 200, 210, 255)).samples())
                .isEqualTo(bytes(30, 20, 10, 255, 210, 200));
        assertThat(decoded(image(1, 2, 4, 10, 20, 30, 0, 40, 50, 60, 128)).samples())
                .isEqualTo(bytes(30, 20, 10, 60, 50, 40));
    }

    @Test
    void grayIsTakenAsItIs() {
        RgbImage gray = decoded(image(1, 3, 1, 0, 100, 255));
        assertThat(gray.height()).isEqualTo(3);
        assertThat(gray.samples()).isEqualTo(bytes(0, 0, 0, 100, 100, 100, 255, 255, 255));
    }

    @Test
    void whatIsNoImageIsToldByItsOrigin() {
        assertUnreadable(
                image(-1, -1, -1), "file:/a.jpg: Spark could not decode this image; give its bytes or its path");
        assertUnreadable(image(1, 1, 2, 0, 0), "file:/a.jpg: the image has 2 channels; 1, 3 or 4 are read");
        assertUnreadable(
                image(2, 2, 3, 0, 0, 0), "file:/a.jpg: an image of 2×2 pixels with 3 channels cannot have 3 samples");
    }

    @Test
    void anImageWithoutAnOriginHasTheNameOfItsColumn() {
        assertThat(SparkImage.name(row(null, 1, 1, 1, new byte[1]), "image")).isEqualTo("image");
        assertThat(SparkImage.name(row("", 1, 1, 1, new byte[1]), "image")).isEqualTo("image");
    }

    private static void assertUnreadable(Row image, String message) {
        assertThatThrownBy(() -> SparkImage.of(image, "image"))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage(message);
    }

    private static RgbImage decoded(Row image) {
        return SCORER.decode(SparkImage.of(image, "image"));
    }

    private static Row image(int width, int height, int channels, int... samples) {
        return row("file:/a.jpg", width, height, channels, bytes(samples));
    }

    private static byte[] bytes(int... samples) {
        byte[] bytes = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            bytes[i] = (byte) samples[i];
        }
        return bytes;
    }

    private static Row row(@Nullable String origin, int width, int height, int channels, byte[] data) {
        return RowFactory.create(origin, height, width, channels, 0, data);
    }
}
