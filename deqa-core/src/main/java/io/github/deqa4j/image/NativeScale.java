package io.github.deqa4j.image;

import io.github.deqa4j.config.ColorNormalization;
import io.github.deqa4j.config.PictureLimits;

/**
 * Pictures of any shape as they are, because resizing changes what is to be judged.
 *
 * <p>Only one with more pixels than the limit is shrunk to it, keeping its shape, with Pillow's smoothing bicubic filter. The
 * short side does not become shorter than the least side by that; where this alone would keep too many pixels (a strip more
 * than 244 times as long as wide, with the usual limits), the long side gives in.
 *
 * <p>A picture with a side below the least one is continued outward by its mirror images, as often as it takes. Unlike repeated
 * borders, they have the picture's own texture, and unlike a plain colour they add no edge.
 */
public final class NativeScale implements PictureView {
    private final PictureLimits limits;
    private final ColorTable colors;

    public NativeScale(PictureLimits limits, ColorNormalization colors) {
        this.limits = limits;
        this.colors = new ColorTable(colors);
    }

    @Override
    public RgbImage seen(RgbImage picture) {
        SeenSide columns = columns(picture);
        SeenSide rows = rows(picture);
        return continued(shrunk(picture, columns, rows), columns, rows);
    }

    /** Where the picture's width lies in what is seen of it. */
    public SeenSide columns(RgbImage picture) {
        return side(picture.width(), picture.height());
    }

    /** Where the picture's height lies in what is seen of it. */
    public SeenSide rows(RgbImage picture) {
        return side(picture.height(), picture.width());
    }

    @Override
    public Pixels normalized(RgbImage seen) {
        return colors.normalize(seen);
    }

    /** As it is meant: this network has no other reader to agree with. */
    @Override
    public DeepGrey deepGrey() {
        return DeepGrey.SCALED;
    }

    private SeenSide side(int side, int other) {
        int area = limits.largestArea();
        int least = limits.leastSide();
        int shorter = Math.min(side, other);
        int longer = Math.max(side, other);
        int newShorter = Math.max(side(area, shorter, longer), Math.min(shorter, least));
        int newLonger = Math.min(side(area, longer, shorter), area / Math.max(newShorter, least));
        int shrunk = side < other ? newShorter : newLonger;
        return new SeenSide(side, shrunk, Math.max(shrunk, least));
    }

    /** A side of a picture that is shrunk to an area, if it has more. */
    private static int side(int area, int side, int other) {
        return Math.min(side, (int) Math.sqrt((double) area * side / other));
    }

    private static RgbImage shrunk(RgbImage picture, SeenSide columns, SeenSide rows) {
        return columns.shrunk() == picture.width() && rows.shrunk() == picture.height()
                ? picture
                : BicubicResize.to(picture, columns.shrunk(), rows.shrunk());
    }

    private static RgbImage continued(RgbImage picture, SeenSide columns, SeenSide rows) {
        if (!columns.continued() && !rows.continued()) {
            return picture;
        }
        int width = columns.seen();
        int height = rows.seen();
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int y = 0; y < height; y++) {
            int row = mirrored(y - rows.offset(), picture.height()) * picture.width();
            for (int x = 0; x < width; x++) {
                int from = row + mirrored(x - columns.offset(), picture.width());
                System.arraycopy(
                        picture.samples(),
                        from * RgbImage.CHANNELS,
                        samples,
                        (y * width + x) * RgbImage.CHANNELS,
                        RgbImage.CHANNELS);
            }
        }
        return new RgbImage(width, height, samples);
    }

    /** The place in 0 … length − 1 that mirrors, set at both ends, show at a place before or after it. */
    private static int mirrored(int place, int length) {
        int turn = Math.floorMod(place, 2 * length);
        return turn < length ? turn : 2 * length - 1 - turn;
    }
}
