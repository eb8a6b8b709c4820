package io.github.deqa4j.image.prepare;

import io.github.deqa4j.config.ColorNormalization;
import io.github.deqa4j.config.ImageLimits;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.DeepGray;

/**
 * Images of any shape as they are, because resizing changes what is to be judged.
 *
 * <p>Only one with more pixels than the limit is shrunk to it, keeping its shape, with Pillow's smoothing bicubic filter. The
 * short side does not become shorter than the least side by that; where this alone would keep too many pixels (a strip more
 * than 244 times as long as wide, with the usual limits), the long side gives in.
 *
 * <p>An image with a side below the least one is continued outward by its mirror images, as often as it takes. Unlike repeated
 * borders, they have the image's own texture, and unlike a plain color they add no edge.
 */
public final class NativeScaleView implements ImageView {
    private final ImageLimits limits;
    private final ColorTable colors;

    public NativeScaleView(ImageLimits limits, ColorNormalization colors) {
        this.limits = limits;
        this.colors = new ColorTable(colors);
    }

    @Override
    public RgbImage seen(RgbImage image) {
        ViewAxis columns = columns(image);
        ViewAxis rows = rows(image);
        return continued(shrunk(image, columns, rows), columns, rows);
    }

    /** Where the image's width lies in what is seen of it. */
    public ViewAxis columns(RgbImage image) {
        return side(image.width(), image.height());
    }

    /** Where the image's height lies in what is seen of it. */
    public ViewAxis rows(RgbImage image) {
        return side(image.height(), image.width());
    }

    @Override
    public Pixels normalized(RgbImage seen) {
        return colors.normalize(seen);
    }

    /** As it is meant: this network has no other reader to agree with. */
    @Override
    public DeepGray deepGray() {
        return DeepGray.SCALED;
    }

    private ViewAxis side(int side, int other) {
        int area = limits.largestArea();
        int least = limits.leastSide();
        int shorter = Math.min(side, other);
        int longer = Math.max(side, other);
        int newShorter = Math.max(side(area, shorter, longer), Math.min(shorter, least));
        int newLonger = Math.min(side(area, longer, shorter), area / Math.max(newShorter, least));
        int shrunk = side < other ? newShorter : newLonger;
        return new ViewAxis(side, shrunk, Math.max(shrunk, least));
    }

    /** A side of an image that is shrunk to an area, if it has more. */
    private static int side(int area, int side, int other) {
        return Math.min(side, (int) Math.sqrt((double) area * side / other));
    }

    private static RgbImage shrunk(RgbImage image, ViewAxis columns, ViewAxis rows) {
        return columns.shrunk() == image.width() && rows.shrunk() == image.height()
                ? image
                : BicubicResize.to(image, columns.shrunk(), rows.shrunk());
    }

    private static RgbImage continued(RgbImage image, ViewAxis columns, ViewAxis rows) {
        if (!columns.continued() && !rows.continued()) {
            return image;
        }
        int width = columns.seen();
        int height = rows.seen();
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int y = 0; y < height; y++) {
            int row = mirrored(y - rows.offset(), image.height()) * image.width();
            for (int x = 0; x < width; x++) {
                int from = row + mirrored(x - columns.offset(), image.width());
                System.arraycopy(
                        image.samples(),
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
