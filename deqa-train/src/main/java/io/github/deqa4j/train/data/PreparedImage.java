package io.github.deqa4j.train.data;

import io.github.deqa4j.image.prepare.Pixels;

/**
 * A network's input, and how good it is known to be.
 *
 * @param pixels the input
 * @param loss by how many levels it is meant to be worse than the image that it was made from, 0 or more
 */
public record PreparedImage(Pixels pixels, double loss) {}
