package io.github.deqa4j.train.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlocksTest {
    private static final RgbImage GRAY = SyntheticImages.gray(64, 64, 100);

    @Test
    void asManyBlocksAsAreDueAreReplaced() {
        RgbImage result = white(0.25);
        int replaced = 0;
        for (int i = 0; i < 64; i++) {
            int value = result.sample(i % 8 * 8, i / 8 * 8, 0);
            assertThat(value).isIn(100, 255);
            assertThat(result.sample(i % 8 * 8 + 7, i / 8 * 8 + 7, 2)).isEqualTo(value);
            replaced += value == 255 ? 1 : 0;
        }
        assertThat(replaced).isEqualTo(16);
        assertThat(SyntheticImages.changed(GRAY, result)).isEqualTo(0.25, within(1e-9));
    }

    @Test
    void theLastBlockComesInByItsFraction() {
        RgbImage result = white(0.4 / 64);
        assertThat(SyntheticImages.changed(GRAY, result)).isEqualTo(1 / 64.0, within(1e-9));
        assertThat(SyntheticImages.error(GRAY, result)).isEqualTo(62 * 62 / 64.0, within(1e-9)); // 100 + 0.4 × 155
    }

    @Test
    void moreBlocksKeepTheFirst() {
        RgbImage few = white(0.2);
        RgbImage many = white(0.7);
        for (int i = 0; i < few.samples().length; i++) {
            assertThat(many.samples()[i] & 0xFF).isGreaterThanOrEqualTo(few.samples()[i] & 0xFF);
        }
    }

    @Test
    void lossPaintsEachBlockInOneColor() {
        RgbImage result = DistortionKind.BLOCK_LOSS.apply(SyntheticImages.texture(256, 256, 3), 1, 4);
        RgbImage image = SyntheticImages.texture(256, 256, 3);
        int flat = 0;
        for (int block = 0; block < 64; block++) {
            int x = block % 8 * 32;
            int y = block / 8 * 32;
            boolean same = true;
            for (int i = 0; i < 32; i++) {
                same &= result.sample(x + i, y + i, 1) == result.sample(x, y, 1);
            }
            flat += same ? 1 : 0;
        }
        assertThat(flat).isEqualTo(10); // of 0.16 × 64 = 10.24
        assertThat(SyntheticImages.changed(image, result)).isEqualTo(11 / 64.0, within(0.005));
    }

    @Test
    void aShiftedBlockShowsAPlaceNearby() {
        byte[] samples = new byte[160 * 160 * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            int pixel = i / RgbImage.CHANNELS;
            samples[i] = (byte) (i % RgbImage.CHANNELS == 0 ? pixel % 160 : pixel / 160); // a sample tells its place
        }
        RgbImage result = DistortionKind.BLOCK_SHIFT.apply(new RgbImage(160, 160, samples), 0.8, 6);
        int shifted = 0;
        for (int block = 0; block < 100; block++) {
            int x = block % 10 * 16 + 8;
            int y = block / 10 * 16 + 8;
            int dx = Math.abs(result.sample(x, y, 0) - x);
            int dy = Math.abs(result.sample(x, y, 1) - y);
            if (dx > 0 || dy > 0) {
                shifted++;
                assertThat(dx).isLessThanOrEqualTo(20);
                assertThat(dy).isLessThanOrEqualTo(20);
            }
        }
        assertThat(shifted).isIn(17, 18); // of 0.171 × 100
    }

    private static RgbImage white(double part) {
        return LocalDistortions.Blocks.replace(GRAY, 8, part, new SplittableRandom(3), draws -> (x, y, c) -> 255);
    }
}
