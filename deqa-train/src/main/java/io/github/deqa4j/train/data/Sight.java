package io.github.deqa4j.train.data;

import io.github.deqa4j.image.RgbImage;

/**
 * Something that the network is shown of a picture.
 *
 * @param picture what it sees, before normalisation
 * @param loss by how many levels it is meant to be worse than the picture itself, 0 or more
 */
public record Sight(RgbImage picture, double loss) {}
