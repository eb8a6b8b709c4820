package io.github.deqa4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.config.SettingsException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CropTest {
    private static final int WIDTH = 7;
    private static final int HEIGHT = 5;
    private static final int SIDE = 3;

    /** Every pixel says where it is. */
    private static final RgbImage IMAGE = image();

    @Test
    void aPieceLiesAnywhereAtItsOwnScaleAndHalfOfThemAreMirrored() {
        Set<String> places = new HashSet<>();
        int mirrored = 0;
        for (int seed = 0; seed < 2000; seed++) {
            RgbImage piece = new Crop(SIDE, true).apply(IMAGE, seed).get(0).image();
            boolean turned = x(piece, 0, 0) > x(piece, SIDE - 1, 0);
            int left = x(piece, turned ? SIDE - 1 : 0, 0);
            int top = y(piece, 0, 0);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    assertThat(x(piece, x, y)).isEqualTo(left + (turned ? SIDE - 1 - x : x));
                    assertThat(y(piece, x, y)).isEqualTo(top + y);
                }
            }
            places.add(left + "," + top);
            mirrored += turned ? 1 : 0;
        }
        assertThat(places).hasSize((WIDTH - SIDE + 1) * (HEIGHT - SIDE + 1));
        assertThat(mirrored).isBetween(900, 1100);
    }

    @Test
    void withoutFlipsNothingIsMirrored() {
        for (int seed = 0; seed < 50; seed++) {
            RgbImage piece = new Crop(SIDE, false).apply(IMAGE, seed).get(0).image();
            assertThat(x(piece, 0, 0)).isLessThan(x(piece, 1, 0));
        }
    }

    @Test
    void theSameSeedCutsTheSamePiece() {
        assertThat(new Crop(SIDE, true).apply(IMAGE, 5).get(0).image().samples())
                .isEqualTo(new Crop(SIDE, true).apply(IMAGE, 5).get(0).image().samples());
        assertThat(new Crop(SIDE, true).apply(IMAGE, 5).get(0).qualityDrop()).isZero();
    }

    @Test
    void aPieceAsLargeAsTheShortSideFits() {
        assertThat(new Crop(HEIGHT, false).apply(IMAGE, 1).get(0).image().height())
                .isEqualTo(HEIGHT);
        assertThatThrownBy(() -> new Crop(HEIGHT + 1, false).apply(IMAGE, 1))
                .isInstanceOf(SettingsException.class)
                .hasMessage("the network sees 7×5 pixels, of which no piece of 6×6 can be cut; begin a new run without"
                        + " the image, or with smaller pieces");
    }

    private static int x(RgbImage piece, int x, int y) {
        return piece.samples()[(y * piece.width() + x) * RgbImage.CHANNELS];
    }

    private static int y(RgbImage piece, int x, int y) {
        return piece.samples()[(y * piece.width() + x) * RgbImage.CHANNELS + 1];
    }

    private static RgbImage image() {
        byte[] samples = new byte[WIDTH * HEIGHT * RgbImage.CHANNELS];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            samples[RgbImage.CHANNELS * i] = (byte) (i % WIDTH);
            samples[RgbImage.CHANNELS * i + 1] = (byte) (i / WIDTH);
        }
        return new RgbImage(WIDTH, HEIGHT, samples);
    }
}
