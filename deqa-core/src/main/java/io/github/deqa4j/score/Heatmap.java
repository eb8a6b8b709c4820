package io.github.deqa4j.score;

import io.github.deqa4j.InvalidInputException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.prepare.BicubicResize;

/**
 * An image with the places where it loses quality drawn over it.
 *
 * <p>The image itself becomes gray, so that every color says something of its quality: the more a place has lost against
 * the best place of this image, the stronger its color. Between the middles of windows the scores are interpolated; beyond
 * the outermost the nearest counts.
 *
 * @param image the image
 * @param map of its quality
 */
record Heatmap(RgbImage image, QualityMap map) {
    /**
     * Longest side of a drawing, in pixels: it fits a screen. Of an image of usual shape a network sees no more than about
     * half of that, so that there is nothing finer to show, and the drawing of a photograph of 48 million pixels needs little memory and time.
     */
    static final int LONGEST_SIDE = 1280;

    private static final int FRACTION_BITS = 16;
    private static final int RED = (int) (0.299 * (1 << FRACTION_BITS));
    private static final int BLUE = (int) (0.114 * (1 << FRACTION_BITS));
    private static final int GREEN = (1 << FRACTION_BITS) - RED - BLUE;

    /** @throws InvalidInputException if the map is of an image with other sides */
    Heatmap {
        if (map.width() != image.width() || map.height() != image.height()) {
            throw new InvalidInputException("a map of an image of " + map.width() + "×" + map.height()
                    + " pixels cannot be drawn over one of " + image.width() + "×" + image.height()
                    + "; use the map of this image");
        }
    }

    /** The image with its losses, at its own size or shrunk to {@link #LONGEST_SIDE}, and a legend below. */
    RgbImage draw() {
        LossScale scale = LossScale.of(map);
        return new Legend(scale).below(colored(fitted(), scale));
    }

    private RgbImage fitted() {
        int longest = Math.max(image.width(), image.height());
        return longest <= LONGEST_SIDE
                ? image
                : BicubicResize.to(image, fitted(image.width(), longest), fitted(image.height(), longest));
    }

    private static int fitted(int side, int longest) {
        return Math.max(1, (int) Math.round((double) side * LONGEST_SIDE / longest));
    }

    private RgbImage colored(RgbImage drawing, LossScale scale) {
        byte[] samples = new byte[drawing.samples().length];
        Interpolation columns = Interpolation.of(map.columns(), map.width(), drawing.width());
        Interpolation rows = Interpolation.of(map.rows(), map.height(), drawing.height());
        double[] lost = new double[map.columns().size()];
        int at = 0;
        for (int y = 0; y < drawing.height(); y++) {
            for (int column = 0; column < lost.length; column++) {
                int of = column;
                lost[column] = rows.between(y, row -> scale.lost(map.at(row, of).score()));
            }
            for (int x = 0; x < drawing.width(); x++, at += RgbImage.CHANNELS) {
                LossColors.paint(samples, at, gray(drawing, x, y), columns.between(x, column -> lost[column]));
            }
        }
        return new RgbImage(drawing.width(), drawing.height(), samples);
    }

    /** Luma (ITU-R BT.601), 0 to 255. */
    private static int gray(RgbImage drawing, int x, int y) {
        int sum = RED * drawing.sample(x, y, 0) + GREEN * drawing.sample(x, y, 1) + BLUE * drawing.sample(x, y, 2);
        return (sum + (1 << (FRACTION_BITS - 1))) >> FRACTION_BITS;
    }
}
