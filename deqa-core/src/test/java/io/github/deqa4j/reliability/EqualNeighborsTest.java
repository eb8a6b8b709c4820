package io.github.deqa4j.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.RgbImage;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class EqualNeighborsTest {
    @Test
    void allNeighborsOfOneColorAreEqual() {
        assertThat(EqualNeighbors.share(image(7, 5, (x, y) -> 0x102030))).isEqualTo(1);
        assertThat(EqualNeighbors.share(image(1, 1, (x, y) -> 0x102030))).isEqualTo(1);
    }

    @Test
    void aDifferenceInOneChannelIsADifference() {
        for (int channel : new int[] {1, 1 << 8, 1 << 16}) {
            assertThat(EqualNeighbors.share(image(6, 6, (x, y) -> (x + y) % 2 * channel)))
                    .isZero();
        }
    }

    /** Columns of two colors: equal downward everywhere, to the right in two of three places. */
    @Test
    void theDirectionWithFewerEqualNeighborsCounts() {
        assertThat(EqualNeighbors.share(image(4, 8, (x, y) -> x / 2))).isEqualTo(2.0 / 3);
        assertThat(EqualNeighbors.share(image(8, 4, (x, y) -> y / 2))).isEqualTo(2.0 / 3);
    }

    @Test
    void aDirectionWithoutNeighborsDoesNotCount() {
        assertThat(EqualNeighbors.share(image(1, 5, (x, y) -> y / 3))).isEqualTo(3.0 / 4);
        assertThat(EqualNeighbors.share(image(5, 1, (x, y) -> x / 3))).isEqualTo(3.0 / 4);
    }

    /** Three megapixels: of every four rows one is compared with the next. Here only those rows are of one color. */
    @Test
    void ofLargeImagesEvenlySpacedRowsAreCompared() {
        RgbImage image = image(2048, 1536, (x, y) -> y % 4 < 2 ? 0 : x);
        assertThat(EqualNeighbors.share(image)).isEqualTo(1);
    }

    private static RgbImage image(int width, int height, IntBinaryOperator color) {
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int i = 0; i < width * height; i++) {
            int rgb = color.applyAsInt(i % width, i / width);
            samples[i * RgbImage.CHANNELS] = (byte) (rgb >> 16);
            samples[i * RgbImage.CHANNELS + 1] = (byte) (rgb >> 8);
            samples[i * RgbImage.CHANNELS + 2] = (byte) rgb;
        }
        return new RgbImage(width, height, samples);
    }
}
