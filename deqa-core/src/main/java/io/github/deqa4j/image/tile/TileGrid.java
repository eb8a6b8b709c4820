package io.github.deqa4j.image.tile;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Square tiles that cover an image. Along each axis there are as few as can cover it, the first at its start, the last at its
 * end, and evenly between: neighbors overlap where the side is no multiple of a tile's.
 *
 * @param xs left edges of the columns, rising
 * @param ys upper edges of the rows, rising
 * @param width of each tile: the side of the square, or the image's width if it is less
 * @param height likewise
 */
record TileGrid(List<Integer> xs, List<Integer> ys, int width, int height) {
    /** Copies the lists. */
    TileGrid {
        xs = List.copyOf(xs);
        ys = List.copyOf(ys);
    }

    static TileGrid of(int width, int height, int side) {
        int tileWidth = Math.min(side, width);
        int tileHeight = Math.min(side, height);
        return new TileGrid(edges(width, tileWidth), edges(height, tileHeight), tileWidth, tileHeight);
    }

    int places() {
        return xs.size() * ys.size();
    }

    /** A tile by its index in reading order. */
    TileArea area(int place) {
        return new TileArea(xs.get(column(place)), ys.get(row(place)), width, height);
    }

    int column(int place) {
        return place % xs.size();
    }

    int row(int place) {
        return place / xs.size();
    }

    private static List<Integer> edges(int length, int tile) {
        int count = (length + tile - 1) / tile;
        return IntStream.range(0, count)
                .mapToObj(i -> count == 1 ? 0 : (int) ((long) i * (length - tile) / (count - 1)))
                .toList();
    }
}
