package io.github.deqa4j.score;

import io.github.deqa4j.InvalidInputException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.Span;
import java.util.List;

/**
 * How good an image looks from place to place: scores of overlapping windows, row by row from the upper left.
 *
 * @param width of the image, in pixels
 * @param height of the image, in pixels
 * @param columns the stretch of the image's width that each column of windows shows, from left to right
 * @param rows the stretch of the image's height that each row of windows shows, from top to bottom
 * @param places a score for each window, [rows × columns]; each from 1 (bad) to 5 (excellent)
 */
public record QualityMap(int width, int height, List<Span> columns, List<Span> rows, List<QualityScore> places) {
    /** @throws InvalidInputException if there is no window, a window leaves the image, or the numbers of windows and scores differ */
    public QualityMap {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        places = List.copyOf(places);
        requireInside("columns", columns, width);
        requireInside("rows", rows, height);
        if (places.size() != rows.size() * columns.size()) {
            throw new InvalidInputException("a map of " + rows.size() + " rows and " + columns.size()
                    + " columns cannot have " + places.size() + " scores; it has one for each place");
        }
    }

    /**
     * The image with its losses drawn over it. The image becomes gray; the more a place has lost against the best place of
     * this image, the stronger its color. A legend below names the scores at both ends of the colors.
     *
     * @param image the image that this map is of
     * @return an image of the same shape, at most 1280 pixels a side, and the legend below it
     * @throws InvalidInputException if the image has other sides than the map's
     */
    public RgbImage draw(RgbImage image) {
        return new Heatmap(image, this).draw();
    }

    /** The score of a window. */
    public QualityScore at(int row, int column) {
        return places.get(row * columns.size() + column);
    }

    /** The part of the image that a window shows. */
    public Region region(int row, int column) {
        return new Region(columns.get(column), rows.get(row));
    }

    /** The highest score, in [1, 5]. */
    public double best() {
        return places.stream().mapToDouble(QualityScore::score).max().orElseThrow();
    }

    /** The lowest score, in [1, 5]. */
    public double worst() {
        return places.stream().mapToDouble(QualityScore::score).min().orElseThrow();
    }

    /**
     * A rectangle in an image.
     *
     * @param horizontal from its left to its right edge
     * @param vertical from its upper to its lower edge
     */
    public record Region(Span horizontal, Span vertical) {}

    /** Middles that go forward are what lets a place between two windows be found. */
    private static void requireInside(String what, List<Span> spans, int side) {
        double before = 0;
        for (Span span : spans) {
            if (span.end() > side || span.center() <= before) {
                throw new InvalidInputException("the " + what + " of a map have " + span + " after a middle of "
                        + before + "; each lies within the image's " + side + " pixels and after the one before it");
            }
            before = span.center();
        }
        if (spans.isEmpty()) {
            throw new InvalidInputException("a map has no " + what + "; it needs at least one");
        }
    }
}
