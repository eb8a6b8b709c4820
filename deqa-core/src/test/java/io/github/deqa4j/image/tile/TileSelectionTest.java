package io.github.deqa4j.image.tile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.RgbImage;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileSelectionTest {
    private static final int SIDE = 16;
    private static final DrawnScene.Rule TEXTURE = (x, y) -> (x * 37 + y * 53) % 251;

    @Test
    void allTilesAreTakenWhereTheyAreFewWhateverTheSeed() {
        RgbImage image = DrawnScene.of(40, 33, TEXTURE);
        TileSelection tiles = TileSelection.of(image, SIDE, 9, 1);

        assertThat(tiles.places()).isEqualTo(9);
        assertThat(tiles.flat()).isZero();
        assertThat(tiles.areas())
                .isEqualTo(IntStream.range(0, 9)
                        .mapToObj(TileGrid.of(40, 33, SIDE)::area)
                        .toList());
        assertThat(TileSelection.of(image, SIDE, 4096, 2)).isEqualTo(tiles);
    }

    @Test
    void theSeedDecidesWhichOfManyAreTaken() {
        RgbImage image = DrawnScene.of(320, 320, TEXTURE);
        TileSelection tiles = TileSelection.of(image, SIDE, 10, 0);

        assertThat(tiles.areas()).hasSize(10).doesNotHaveDuplicates().isSortedAccordingTo(reading());
        assertThat(tiles.places()).isEqualTo(400);
        assertThat(TileSelection.of(image, SIDE, 10, 0)).isEqualTo(tiles);
        assertThat(TileSelection.of(image, SIDE, 10, 1)).isNotEqualTo(tiles);
    }

    /** On a grid of 16 × 16 places, a stretch of the curve is a quarter, or a quarter of that. */
    @ParameterizedTest
    @CsvSource({"4, 8", "16, 4", "64, 2"})
    void theyAreSpreadEvenly(int most, int block) {
        RgbImage image = DrawnScene.of(256, 256, TEXTURE);
        for (int seed = 0; seed < 5; seed++) {
            Set<Integer> blocks = new HashSet<>();
            for (TileArea area : TileSelection.of(image, SIDE, most, seed).areas()) {
                blocks.add(area.x() / (SIDE * block) + 100 * (area.y() / (SIDE * block)));
            }
            assertThat(blocks).as("seed %d", seed).hasSize(most);
        }
    }

    @Test
    void anySeedAndAnyTileCanBeDrawn() {
        RgbImage image = DrawnScene.of(96, 16, TEXTURE);
        Set<Integer> drawn = new HashSet<>();
        for (int seed = -20; seed < 20; seed++) {
            TileSelection.of(image, SIDE, 1, seed).areas().forEach(area -> drawn.add(area.x()));
        }
        assertThat(drawn).containsExactlyInAnyOrder(0, 16, 32, 48, 64, 80);
    }

    @Test
    void flatTilesAreLeftOut() {
        RgbImage image = DrawnScene.of(64, 64, (x, y) -> y < 32 ? 200 - y : TEXTURE.gray(x, y));
        TileSelection tiles = TileSelection.of(image, SIDE, 6, 0);

        assertThat(tiles.places()).isEqualTo(16);
        assertThat(tiles.flat()).isEqualTo(8);
        assertThat(tiles.areas()).hasSize(6).allMatch(area -> area.y() >= 32);
    }

    @Test
    void ofAnImageThatIsAllFlatTilesAreTakenAllTheSame() {
        TileSelection tiles = TileSelection.of(DrawnScene.of(64, 64, (x, y) -> 7), SIDE, 6, 0);

        assertThat(tiles.places()).isEqualTo(16);
        assertThat(tiles.flat()).isEqualTo(16);
        assertThat(tiles.areas()).hasSize(6).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"1, 20000, 40, 1, 512", "20000, 1, 40, 512, 1", "20000, 500, 40, 512, 500", "513, 512, 2, 512, 512"})
    void stripsAndPanoramasHaveTilesInside(int width, int height, int places, int tileWidth, int tileHeight) {
        RgbImage image = DrawnScene.of(width, height, TEXTURE);
        TileSelection tiles = TileSelection.of(image, 512, 12, 0);

        assertThat(tiles.places()).isEqualTo(places);
        assertThat(tiles.areas())
                .hasSize(Math.min(12, places))
                .allMatch(area -> area.x() >= 0 && area.x() + area.width() <= width)
                .allMatch(area -> area.y() >= 0 && area.y() + area.height() <= height)
                .allMatch(area -> area.width() == tileWidth && area.height() == tileHeight);
    }

    private static Comparator<TileArea> reading() {
        return Comparator.comparingInt(TileArea::y).thenComparingInt(TileArea::x);
    }
}
