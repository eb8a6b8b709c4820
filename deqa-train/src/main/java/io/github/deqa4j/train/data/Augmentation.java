package io.github.deqa4j.train.data;

import io.github.deqa4j.image.RgbImage;
import java.util.List;

/** How a training image is changed before the network sees it. Immutable; equal ones give equal images. */
public interface Augmentation {
    /**
     * Augments an image.
     *
     * @param image the image as the network would see it, before normalization
     * @param seed seed of all random choices
     * @return one image, or several in order of falling quality
     * @throws io.github.deqa4j.DeqaException if this image cannot be augmented
     */
    List<AugmentedImage<RgbImage>> apply(RgbImage image, long seed);

    /** Whether the result depends on the seed. */
    boolean isRandom();

    /** Upper bound of the number of pixels of all resulting images together. */
    long pixels();
}
