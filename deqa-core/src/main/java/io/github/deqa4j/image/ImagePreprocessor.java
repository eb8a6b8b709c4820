package io.github.deqa4j.image;

import java.util.List;

/**
 * Turns pictures into the network's input: pad to a centred square, resize, crop the centre, normalise (CLIP's processing
 * after the square padding of mPLUG-Owl2). Agrees with Pillow to the last bit.
 *
 * <p>Immutable; any number of threads may share one.
 */
public final class ImagePreprocessor implements PictureView {
    private final PreprocessorConfig config;
    private final ColorTable colors;

    public ImagePreprocessor(PreprocessorConfig config) {
        this.config = config;
        this.colors = new ColorTable(config.colors());
    }

    /** Side S of the square that the network reads, in pixels. */
    public int side() {
        return config.cropSize();
    }

    /** The picture padded, resized and cropped to S × S. */
    @Override
    public RgbImage seen(RgbImage picture) {
        return BicubicResize.square(picture, color(), config.resizeSize(), config.cropSize());
    }

    @Override
    public Pixels normalized(RgbImage seen) {
        return colors.normalize(seen);
    }

    /** As the authors' reader has it. */
    @Override
    public DeepGrey deepGrey() {
        return DeepGrey.CLIPPED;
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
