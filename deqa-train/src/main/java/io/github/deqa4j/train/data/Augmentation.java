package io.github.deqa4j.train.data;

import io.github.deqa4j.image.RgbImage;
import java.util.List;

/** What becomes of an image before the network sees it in training. Equal ones make equal images. */
public interface Augmentation {
    /**
     * What the network is shown.
     *
     * @param seen the image as the network would see it
     * @param seed decides everything that is random
     * @return at least one, from best to worst where there are several
     * @throws io.github.deqa4j.DeqaException if it cannot be done with this image
     */
    List<AugmentedImage> of(RgbImage seen, long seed);

    /** Whether the seed counts. */
    boolean random();

    /** Pixels of all sights together, at most. */
    long pixels();
}
