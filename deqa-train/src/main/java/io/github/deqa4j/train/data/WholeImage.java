package io.github.deqa4j.train.data;

import io.github.deqa4j.image.RgbImage;
import java.util.List;

/**
 * The image itself.
 *
 * @param pixels how many the network's input has
 */
public record WholeImage(long pixels) implements Augmentation {
    @Override
    public List<AugmentedImage> of(RgbImage seen, long seed) {
        return List.of(new AugmentedImage(seen, 0));
    }

    @Override
    public boolean random() {
        return false;
    }
}
