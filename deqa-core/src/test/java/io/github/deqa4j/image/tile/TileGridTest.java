package io.github.deqa4j.image.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileGridTest {
    @ParameterizedTest
    @CsvSource({
        "8000, 6000, 16, 12",
        "60000, 3000, 118, 6",
        "20000, 500, 40, 1",
        "20000, 1, 40, 1",
        "1, 20000, 1, 40",
        "1024, 1024, 2, 2",
        "1025, 1023, 3, 2",
        "513, 512, 2, 1",
        "512, 512, 1, 1",
        "8, 8, 1, 1"
    })
    void asFewTilesAsCanCoverAnImageDo(int width, int height, int columns, int rows) {
        TileGrid grid = TileGrid.of(width, height, 512);

        assertThat(grid.places()).isEqualTo(columns * rows);
        assertCovered(grid.xs(), grid.width(), width, columns);
        assertCovered(grid.ys(), grid.height(), height, rows);
        assertThat(grid.width()).isEqualTo(Math.min(512, width));
        assertThat(grid.height()).isEqualTo(Math.min(512, height));
    }

    private static void assertCovered(List<Integer> starts, int tile, int length, int count) {
        assertThat(starts).hasSize(count).startsWith(0).endsWith(length - tile);
        for (int i = 1; i < count; i++) {
            double even = (double) (length - tile) / (count - 1);
            assertThat(starts.get(i) - starts.get(i - 1))
                    .isBetween((int) Math.floor(even), (int) Math.ceil(even))
                    .isLessThanOrEqualTo(tile);
        }
    }

    @Test
    void placesAreCountedInReadingOrder() {
        TileGrid grid = TileGrid.of(25, 20, 10);

        assertThat(grid.area(0)).isEqualTo(new TileArea(0, 0, 10, 10));
        assertThat(grid.area(1)).isEqualTo(new TileArea(7, 0, 10, 10));
        assertThat(grid.area(2)).isEqualTo(new TileArea(15, 0, 10, 10));
        assertThat(grid.area(5)).isEqualTo(new TileArea(15, 10, 10, 10));
        assertThat(grid.column(5)).isEqualTo(2);
        assertThat(grid.row(5)).isEqualTo(1);
    }
}
