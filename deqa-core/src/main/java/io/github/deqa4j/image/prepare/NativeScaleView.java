package io.github.deqa4j.image.prepare;

import io.github.deqa4j.config.ColorNormalization;
import io.github.deqa4j.config.ImageLimits;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.DeepGray;
import java.util.OptionalInt;

/**
 * Keeps images at their own scale, because resizing changes what is to be judged.
 *
 * <p>An image with more pixels than the limit is shrunk to the limit. Its shape is kept, and Pillow's smoothing bicubic
 * filter is used. The short side does not become shorter than the least side; where that alone would leave too many
 * pixels (with the usual limits: an image more than 244 times as long as wide), the long side is shortened.
 *
 * <p>An image with a side below the least side is extended by reflection, as often as needed. Unlike repeated borders,
 * reflection keeps the texture of the image, and unlike a plain color it adds no edge.
 */
public final class NativeScaleView implements ImageView {
    private final ImageLimits limits;
    private final ColorTable colors;

    public NativeScaleView(ImageLimits limits, ColorNormalization colors) {
        this.limits = limits;
        this.colors = new ColorTable(colors);
    }

    @Override
    public InputSize size(RgbImage image) {
        return new InputSize(columns(image).seen(), rows(image).seen());
    }

    @Override
    public RgbImage seen(RgbImage image) {
        ViewAxis columns = columns(image);
        ViewAxis rows = rows(image);
        return continued(shrunk(image, columns, rows), columns, rows);
    }

    @Override
    public OptionalInt ownScaleSide() {
        return OptionalInt.of((int) Math.sqrt(limits.largestArea()));
    }

    @Override
    public boolean keepsScale(RgbImage image) {
        return columns(image).shrunk() == image.width() && rows(image).shrunk() == image.height();
    }

    /** The horizontal axis of the view. */
    public ViewAxis columns(RgbImage image) {
        return side(image.width(), image.height());
    }

    /** The vertical axis of the view. */
    public ViewAxis rows(RgbImage image) {
        return side(image.height(), image.width());
    }

    @Override
    public Pixels normalized(RgbImage seen) {
        return colors.normalize(seen);
    }

    /** Scaled, as the file means it: no other implementation of this network has to be matched. */
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

    /** The length of a side after shrinking to an area; the same if the image is not larger. */
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

    /** The index from 0 to length − 1 that an index outside this range reflects to. */
    private static int mirrored(int place, int length) {
        int turn = Math.floorMod(place, 2 * length);
        return turn < length ? turn : 2 * length - 1 - turn;
    }
}
