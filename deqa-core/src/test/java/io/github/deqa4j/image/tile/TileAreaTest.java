package io.github.deqa4j.image.tile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.RgbImage;
import org.junit.jupiter.api.Test;

class TileAreaTest {
    private static final RgbImage IMAGE = ImageFiles.pattern(19, 13);

    @Test
    void aCutHasThePixelsOfItsPart() {
        RgbImage cut = new TileArea(4, 7, 15, 6).cut(IMAGE);

        assertThat(cut.width()).isEqualTo(15);
        assertThat(cut.height()).isEqualTo(6);
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 15; x++) {
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    assertThat(cut.sample(x, y, channel)).isEqualTo(IMAGE.sample(x + 4, y + 7, channel));
                }
            }
        }
    }

    @Test
    void allOfAnImageIsTheImage() {
        assertThat(new TileArea(0, 0, 19, 13).cut(IMAGE)).isSameAs(IMAGE);
    }
}
