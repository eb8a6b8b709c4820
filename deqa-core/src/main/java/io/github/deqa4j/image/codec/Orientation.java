package io.github.deqa4j.image.codec;

import io.github.deqa4j.image.RgbImage;

/** The eight orientations of EXIF, in the order of their numbers from 1. */
public enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    TURNED_RIGHT(true, false, true),
    TRANSVERSED(true, true, true),
    TURNED_LEFT(true, true, false);

    private final boolean transposed;
    private final boolean fromRight;
    private final boolean fromBottom;

    /**
     * @param transposed whether a row of the result is a column of the image
     * @param fromRight whether the image's columns are taken from the right
     * @param fromBottom whether the image's rows are taken from the bottom
     */
    Orientation(boolean transposed, boolean fromRight, boolean fromBottom) {
        this.transposed = transposed;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** The orientation with a number of EXIF tag 274; {@link #UPRIGHT} for numbers outside 1 to 8. */
    public static Orientation of(int number) {
        return number >= 1 && number <= values().length ? values()[number - 1] : UPRIGHT;
    }

    public boolean isTransposed() {
        return transposed;
    }

    public boolean isFromRight() {
        return fromRight;
    }

    public boolean isFromBottom() {
        return fromBottom;
    }

    public RgbImage apply(RgbImage image) {
        if (this == UPRIGHT) {
            return image;
        }
        int columnStep = (fromRight ? -1 : 1) * RgbImage.CHANNELS;
        int rowStep = (fromBottom ? -1 : 1) * RgbImage.CHANNELS * image.width();
        int start = (fromRight ? (image.width() - 1) * RgbImage.CHANNELS : 0)
                + (fromBottom ? (image.height() - 1) * RgbImage.CHANNELS * image.width() : 0);
        return transposed
                ? gather(image, image.height(), image.width(), start, rowStep, columnStep)
                : gather(image, image.width(), image.height(), start, columnStep, rowStep);
    }

    private static RgbImage gather(RgbImage image, int width, int height, int start, int xStep, int yStep) {
        byte[] from = image.samples();
        byte[] to = new byte[from.length];
        int target = 0;
        for (int y = 0; y < height; y++) {
            int source = start + y * yStep;
            for (int x = 0; x < width; x++, source += xStep) {
                to[target++] = from[source];
                to[target++] = from[source + 1];
                to[target++] = from[source + 2];
            }
        }
        return new RgbImage(width, height, to);
    }
}
