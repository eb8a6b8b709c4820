package io.github.deqa4j.image.prepare;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;

/**
 * The input of a network for one image. As in {@link RgbImage}, the array is shared and not copied: neither the code
 * that creates the object nor the code that reads it may change the array.
 */
public final class Pixels {
    private final float[] values;
    private final int height;
    private final int width;

    /**
     * Wraps numbers.
     *
     * @param values [3 × height × width]: red, then green, then blue, row by row
     * @throws DeqaException if they are not as many as the sides ask for
     */
    public Pixels(float[] values, int height, int width) {
        if (height < 1 || width < 1 || values.length != (long) RgbImage.CHANNELS * height * width) {
            throw new DeqaException("an input of " + width + "×" + height + " pixels cannot have " + values.length
                    + " numbers; both sides must be positive and each pixel has " + RgbImage.CHANNELS + " numbers");
        }
        this.values = values;
        this.height = height;
        this.width = width;
    }

    /** The values, [3 × height × width]. The array itself, not a copy. */
    public float[] values() {
        return values;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }
}
