package io.github.deqa4j.image;

import io.github.deqa4j.InvalidInputException;
import java.awt.image.BufferedImage;

/**
 * A decoded image: 8-bit sRGB samples, row by row from the top left, three to a pixel.
 *
 * <p>Immutable by convention: the array is shared, not copied, because a photograph is large. Whoever makes an image
 * gives the array away, and whoever reads {@link #samples()} does not write to it.
 */
public final class RgbImage {
    /** Samples of a pixel: red, green, blue. */
    public static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] samples;

    /**
     * Wraps samples.
     *
     * @param width pixels in a row, at least 1
     * @param height rows, at least 1
     * @param samples {@code height × width × 3} unsigned bytes
     * @throws InvalidInputException if a side is not positive or the samples are not as many as the sides ask for
     */
    public RgbImage(int width, int height, byte[] samples) {
        if (width < 1 || height < 1 || samples.length != (long) width * height * CHANNELS) {
            throw new InvalidInputException(
                    "an image of " + width + "×" + height + " pixels cannot have " + samples.length
                            + " samples; both sides must be positive and each pixel has " + CHANNELS + " samples");
        }
        this.width = width;
        this.height = height;
        this.samples = samples;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The samples themselves, [height × width × 3], not a copy. */
    public byte[] samples() {
        return samples;
    }

    /** The image as Java 2D has it: a new {@link BufferedImage#TYPE_INT_RGB}. */
    public BufferedImage toBufferedImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, sample(x, y, 0) << 16 | sample(x, y, 1) << 8 | sample(x, y, 2));
            }
        }
        return image;
    }

    /** One sample, 0 to 255. */
    public int sample(int x, int y, int channel) {
        return samples[(y * width + x) * CHANNELS + channel] & 0xFF;
    }
}
