package io.github.deqa4j.image;

import java.util.List;

/**
 * Turns pictures into the network's input: pad to a centred square, resize, crop the centre, normalise (CLIP's processing
 * after the square padding of mPLUG-Owl2). Agrees with Pillow to the last bit.
 *
 * <p>Immutable; any number of threads may share one.
 */
public final class ImagePreprocessor {
    private static final int LEVELS = 256;

    private final PreprocessorConfig config;
    private final float[][] normalized; // [3][256]

    public ImagePreprocessor(PreprocessorConfig config) {
        this.config = config;
        this.normalized = new float[RgbImage.CHANNELS][LEVELS];
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            for (int value = 0; value < LEVELS; value++) {
                normalized[c][value] =
                        normalize(value, config.mean().get(c), config.std().get(c));
            }
        }
    }

    /** Side S of the square that the network reads, in pixels. */
    public int side() {
        return config.cropSize();
    }

    /**
     * The network's input for a picture.
     *
     * @return [3 × S × S], red then green then blue, row by row
     */
    public float[] pixels(RgbImage picture) {
        byte[] samples = square(picture).samples();
        int area = side() * side();
        float[] pixels = new float[RgbImage.CHANNELS * area];
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            float[] values = normalized[c];
            for (int i = 0; i < area; i++) {
                pixels[c * area + i] = values[samples[i * RgbImage.CHANNELS + c] & 0xFF];
            }
        }
        return pixels;
    }

    /** What the network sees of a picture: padded, resized and cropped to S × S, before normalisation. */
    public RgbImage square(RgbImage picture) {
        return BicubicResize.square(picture, color(), config.resizeSize(), config.cropSize());
    }

    private byte[] color() {
        List<Integer> padding = config.padding();
        return new byte[] {
            padding.get(0).byteValue(),
            padding.get(1).byteValue(),
            padding.get(2).byteValue()
        };
    }

    /** In float32, step by step as the authors' processor computes. */
    private static float normalize(int value, double mean, double std) {
        return ((float) (value * (1 / 255.0)) - (float) mean) / (float) std;
    }
}
