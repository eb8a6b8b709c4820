package io.github.deqa4j.image.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlatnessTest {
    private static final int SIDE = 512;
    private static final TileArea ALL = new TileArea(0, 0, SIDE, SIDE);

    /** From 60 at the top to 200 at the horizon, and a little darker to the right. */
    private static final DrawnScene.Rule SKY =
            (x, y) -> 60 + 140.0 * y * y / (SIDE * SIDE) - 20.0 * x * y / (SIDE * SIDE);

    @ParameterizedTest
    @ValueSource(ints = {0, 128, 255})
    void onePlainColorIsFlat(int gray) {
        assertThat(isFlat((x, y) -> gray)).isTrue();
        assertThat(deviation((x, y) -> gray)).isCloseTo(0, within(1e-4));
    }

    @Test
    void aSkyIsFlatAlsoWithTheNoiseOfACamera() {
        assertThat(isFlat(SKY)).isTrue();
        assertThat(isFlat(DrawnScene.noisy(SKY, 2))).isTrue();
    }

    @Test
    void noiseInASkyIsAFault() {
        assertThat(isFlat(DrawnScene.noisy(SKY, 4))).isFalse();
        assertThat(deviation(DrawnScene.noisy(SKY, 15))).isCloseTo(15, within(0.5));
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0", "2, 0, 1", "2, 1, 1", "4, 1, 0", "8, 0, 1", "8, 1, 0", "8, 1, 1", "16, 1, 0", "3, 1, 0"})
    void finePatternsAreSeenAtAnyPeriod(int period, int alongX, int alongY) {
        DrawnScene.Rule stripes = (x, y) -> (alongX * x + alongY * y) % period * 2 < period ? 90 : 110;

        assertThat(deviation(stripes)).isBetween(7.0, 10.1);
    }

    /** What a strong blur leaves of a texture: slow waves. */
    @Test
    void blurDoesNotMakeATextureFlat() {
        assertThat(isFlat((x, y) -> 128 + 8 * Math.sin(x / 40.0) * Math.cos(y / 55.0)))
                .isFalse();
    }

    @Test
    void aBirdInTheSkyIsSomething() {
        assertThat(isFlat((x, y) -> x > 200 && x < 226 && y > 300 && y < 326 ? 20 : SKY.gray(x, y)))
                .isFalse();
    }

    @Test
    void colorAloneIsSomething() {
        RgbImage image = DrawnScene.of(SIDE, SIDE, (x, y) -> 100);
        for (int i = 0; i < SIDE * SIDE; i++) {
            image.samples()[i * RgbImage.CHANNELS + 2] = (byte) (i % SIDE % 50 < 25 ? 80 : 120);
        }
        assertThat(Flatness.isFlat(image, ALL)).isFalse();
        assertThat(Flatness.deviation(image, ALL, 0)).isCloseTo(0, within(1e-4));
        assertThat(Flatness.deviation(image, ALL, 2)).isCloseTo(20, within(1.0));
    }

    @Test
    void onlyThePartCounts() {
        RgbImage image = DrawnScene.of(SIDE, SIDE, (x, y) -> x < 256 ? 50 : x * 37 % 101 + y * 53 % 97);

        assertThat(Flatness.isFlat(image, new TileArea(0, 0, 256, SIDE))).isTrue();
        assertThat(Flatness.isFlat(image, new TileArea(256, 0, 256, SIDE))).isFalse();
        assertThat(Flatness.isFlat(image, ALL)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 512", "512, 1", "1, 1", "2, 2", "3, 200"})
    void narrowPartsAreJudgedToo(int width, int height) {
        TileArea area = new TileArea(0, 0, width, height);
        RgbImage flat = DrawnScene.of(width, height, (x, y) -> 20 + 30.0 * y / height + 4.0 * x / width);

        assertThat(Flatness.isFlat(flat, area)).isTrue();
        if (width * height > 6) {
            RgbImage textured = DrawnScene.of(width, height, (x, y) -> (x * 3 + y) % 7 * 20);
            assertThat(Flatness.isFlat(textured, area)).isFalse();
        }
    }

    private static boolean isFlat(DrawnScene.Rule rule) {
        return Flatness.isFlat(DrawnScene.of(SIDE, SIDE, rule), ALL);
    }

    private static double deviation(DrawnScene.Rule rule) {
        return Flatness.deviation(DrawnScene.of(SIDE, SIDE, rule), ALL, 0);
    }
}
