package io.github.deqa4j.train.data;

import io.github.deqa4j.image.RgbImage;

/**
 * Something that the network is shown of an image.
 *
 * @param image what it sees, before normalization
 * @param loss by how many levels it is meant to be worse than the image itself, 0 or more
 */
public record AugmentedImage(RgbImage image, double loss) {}
