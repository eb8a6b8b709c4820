package io.github.deqa4j.image.codec;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;

/**
 * Settings for reading image files.
 *
 * @param maxPixels the most pixels that an image may have, 1 to {@value #LARGEST}; a larger image is refused by its
 *     header, before memory is allocated
 * @param applyExifOrientation whether JPEG, PNG and WebP files are turned as their EXIF data say. The authors ignore
 *     the orientation, so their scores are of the image as it is stored. A TIFF file is always turned, because Pillow
 *     turns it while reading.
 * @param deepGray how gray samples of more than eight bits become eight bits. Signed and floating-point samples are
 *     always clipped, because no file gives their range.
 */
public record ReaderSettings(int maxPixels, boolean applyExifOrientation, DeepGray deepGray) {
    /** The most pixels that an {@link RgbImage} can hold. */
    public static final int LARGEST = Integer.MAX_VALUE / RgbImage.CHANNELS;

    /** The limit of Pillow. Three bytes for each of these pixels are half a gibibyte. */
    private static final int PILLOW_LIMIT = 178_956_970;

    /** @throws DeqaException if the limit is not in its range */
    public ReaderSettings {
        if (maxPixels < 1 || maxPixels > LARGEST) {
            throw new DeqaException("\"maxPixels\" is " + maxPixels + "; it must be from 1 to " + LARGEST);
        }
    }

    /** The settings of the authors: up to 178,956,970 pixels, EXIF orientation ignored, deep gray clipped. */
    public static ReaderSettings standard() {
        return new ReaderSettings(PILLOW_LIMIT, false, DeepGray.CLIPPED);
    }

    public ReaderSettings withMaxPixels(int newMaxPixels) {
        return new ReaderSettings(newMaxPixels, applyExifOrientation, deepGray);
    }

    public ReaderSettings withApplyExifOrientation(boolean newApplyExifOrientation) {
        return new ReaderSettings(maxPixels, newApplyExifOrientation, deepGray);
    }

    public ReaderSettings withDeepGray(DeepGray newDeepGray) {
        return new ReaderSettings(maxPixels, applyExifOrientation, newDeepGray);
    }
}
