package io.github.deqa4j.train.data;

import io.github.deqa4j.image.RgbImage;
import java.util.List;

/**
 * No augmentation: the whole image as it is.
 *
 * @param pixels number of pixels of the network's input
 */
public record WholeImage(long pixels) implements Augmentation {
    @Override
    public List<AugmentedImage<RgbImage>> apply(RgbImage image, long seed) {
        return List.of(new AugmentedImage<>(image, 0));
    }

    @Override
    public boolean isRandom() {
        return false;
    }
}
