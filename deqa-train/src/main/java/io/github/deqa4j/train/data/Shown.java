package io.github.deqa4j.train.data;

import io.github.deqa4j.image.Pixels;

/**
 * A network's input, and how good it is known to be.
 *
 * @param pixels the input
 * @param loss by how many levels it is meant to be worse than the picture that it was made from, 0 or more
 */
public record Shown(Pixels pixels, double loss) {}
