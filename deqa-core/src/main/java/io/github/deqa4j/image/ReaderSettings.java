package io.github.deqa4j.image;

import io.github.deqa4j.DeqaException;

/**
 * How picture files are read.
 *
 * @param maxPixels the most pixels that a picture may have, 1 to {@value #LARGEST}; a larger one is refused by its
 *     header, before memory is set aside for it
 * @param applyExifOrientation whether a JPEG, PNG or WebP file is turned as its EXIF data ask. The authors ignore the
 *     wish, so their scores are of the picture as it is stored. A TIFF file is always turned, because Pillow does it
 *     while reading.
 * @param deepGrey what becomes of grey samples of more than eight bits. Signed and fractional ones, whose range no file says,
 *     are always clipped.
 */
public record ReaderSettings(int maxPixels, boolean applyExifOrientation, DeepGrey deepGrey) {
    /** The most pixels that an {@link RgbImage} can hold. */
    static final int LARGEST = Integer.MAX_VALUE / RgbImage.CHANNELS;

    /** Where Pillow stops with an error: three bytes for each of these pixels are half a gibibyte. */
    private static final int PILLOW_LIMIT = 178_956_970;

    /** @throws DeqaException if the limit is not in its range */
    public ReaderSettings {
        if (maxPixels < 1 || maxPixels > LARGEST) {
            throw new DeqaException("\"maxPixels\" is " + maxPixels + "; it must be from 1 to " + LARGEST);
        }
    }

    /** As the authors read: up to 178,956,970 pixels, EXIF orientation ignored, deep grey clipped. */
    public static ReaderSettings standard() {
        return new ReaderSettings(PILLOW_LIMIT, false, DeepGrey.CLIPPED);
    }

    public ReaderSettings withMaxPixels(int newMaxPixels) {
        return new ReaderSettings(newMaxPixels, applyExifOrientation, deepGrey);
    }

    public ReaderSettings withApplyExifOrientation(boolean newApplyExifOrientation) {
        return new ReaderSettings(maxPixels, newApplyExifOrientation, deepGrey);
    }

    public ReaderSettings withDeepGrey(DeepGrey newDeepGrey) {
        return new ReaderSettings(maxPixels, applyExifOrientation, newDeepGrey);
    }
}
