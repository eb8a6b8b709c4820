package io.github.deqa4j.image.tile;

import io.github.deqa4j.image.RgbImage;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The tiles of an image that are scored.
 *
 * @param areas the tiles, in reading order, at least one
 * @param places how many tiles cover the image
 * @param flat how many of them are flat; if all are, the areas are of flat ones
 */
public record TileSelection(List<TileArea> areas, int places, int flat) {
    /** Copies the list. */
    public TileSelection {
        areas = List.copyOf(areas);
    }

    /**
     * Chooses evenly among the tiles that are not flat: they are put in an order in which neighbors in the image are mostly near each
     * other, cut into as many stretches as tiles are wanted, and one of each stretch is drawn.
     *
     * @param side of a tile, in pixels
     * @param most how many tiles at most
     * @param seed of what is drawn; it does not matter where all tiles are taken
     */
    public static TileSelection of(RgbImage image, int side, int most, long seed) {
        TileGrid grid = TileGrid.of(image.width(), image.height(), side);
        List<Integer> textured = IntStream.range(0, grid.places())
                .parallel()
                .filter(place -> !Flatness.isFlat(image, grid.area(place)))
                .boxed()
                .toList();
        List<Integer> candidates =
                textured.isEmpty() ? IntStream.range(0, grid.places()).boxed().toList() : textured;
        List<TileArea> areas = chosen(grid, candidates, most, new Random(seed)).stream()
                .sorted()
                .map(grid::area)
                .toList();
        return new TileSelection(areas, grid.places(), grid.places() - textured.size());
    }

    private static List<Integer> chosen(TileGrid grid, List<Integer> candidates, int most, Random random) {
        List<Integer> ordered = candidates.stream()
                .sorted(Comparator.comparingLong(place -> morton(grid.column(place), grid.row(place))))
                .toList();
        int count = Math.min(most, ordered.size());
        return IntStream.range(0, count)
                .map(i -> drawn(random, stretch(i, count, ordered.size()), stretch(i + 1, count, ordered.size())))
                .mapToObj(ordered::get)
                .toList();
    }

    private static int drawn(Random random, int start, int end) {
        return start + random.nextInt(end - start);
    }

    /** Where a stretch starts. */
    private static int stretch(int index, int count, int length) {
        return (int) ((long) index * length / count);
    }

    /** Position on the Z-order curve (Morton): the bits of the column and the row in turns. */
    private static long morton(int column, int row) {
        return spread(column) | (spread(row) << 1);
    }

    private static long spread(int bits) {
        long spread = 0;
        for (int bit = 0; bit < Integer.SIZE - 1; bit++) {
            spread |= ((bits >> bit) & 1L) << (2 * bit);
        }
        return spread;
    }
}
