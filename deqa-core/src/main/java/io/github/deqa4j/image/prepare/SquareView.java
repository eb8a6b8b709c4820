package io.github.deqa4j.image.prepare;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.DeepGray;
import java.util.List;

/**
 * Converts images to the input of the network: pads to a centered square, resizes, crops the center and normalizes
 * (CLIP's processing after the square padding of mPLUG-Owl2). Agrees with Pillow to the last bit.
 *
 * <p>Immutable and thread-safe.
 */
public final class SquareView implements ImageView {
    private final PreprocessorConfig config;
    private final ColorTable colors;

    public SquareView(PreprocessorConfig config) {
        this.config = config;
        this.colors = new ColorTable(config.colors());
    }

    /** Side S of the square that the network reads, in pixels. */
    public int side() {
        return config.cropSize();
    }

    @Override
    public InputSize size(RgbImage image) {
        return new InputSize(side(), side());
    }

    /** The image padded, resized and cropped to S × S. */
    @Override
    public RgbImage seen(RgbImage image) {
        return BicubicResize.square(image, color(), config.resizeSize(), config.cropSize());
    }

    @Override
    public Pixels normalized(RgbImage seen) {
        return colors.normalize(seen);
    }

    /** As in the authors' reader. */
    @Override
    public DeepGray deepGray() {
        return DeepGray.CLIPPED;
    }

    private byte[] color() {
        List<Integer> padding = config.padding();
        return new byte[] {
            padding.get(0).byteValue(),
            padding.get(1).byteValue(),
            padding.get(2).byteValue()
        };
    }
}
