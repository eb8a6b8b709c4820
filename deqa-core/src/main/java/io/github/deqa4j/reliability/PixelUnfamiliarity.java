package io.github.deqa4j.reliability;

import io.github.deqa4j.image.RgbImage;

/**
 * What an image's pixels tell of how unfamiliar it is, apart from the distance of its statistics.
 *
 * @param least the unfamiliarity that it has at any distance
 * @param scatter the factor on its distance, at most 1
 */
public record PixelUnfamiliarity(double least, double scatter) {
    /** A shorter side in pixels makes an image an icon: a rule. No image that the network learned from is as small. */
    private static final int LEAST_SIDE = 64;

    /** A greater share of pixels that are equal to their neighbors makes an image a drawing; it was measured on photographs and drawings. */
    private static final double MOST_EQUAL = 0.9;

    /** How the distances of photographs rise where fewer pixels are seen, which scatters their statistics; it was measured. */
    private static final double SCATTER = 1.0 / 8;

    /**
     * Looks at an image. The least unfamiliarity is the larger one of two: the share of pixels that are equal to their neighbors, divided by .9; and,
     * of an image with a side below 64 pixels, 64 divided by that side.
     *
     * @param image as it was decoded
     * @param seen the number of pixels that the network saw of it, divided by the number that it sees at most
     */
    public static PixelUnfamiliarity of(RgbImage image, double seen) {
        double drawn = EqualNeighbors.share(image) / MOST_EQUAL;
        int side = Math.min(image.width(), image.height());
        double small = side < LEAST_SIDE ? (double) LEAST_SIDE / side : 0;
        return new PixelUnfamiliarity(Math.max(drawn, small), Math.pow(Math.min(1, seen), SCATTER));
    }

    /**
     * The unfamiliarity of the image.
     *
     * @param distance of its statistics from the axes of familiar images, divided by the limit
     */
    public double with(double distance) {
        return Math.max(least, scatter * distance);
    }
}
