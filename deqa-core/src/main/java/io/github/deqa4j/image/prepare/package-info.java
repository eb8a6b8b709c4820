/** Converts images to the input of a network: Pillow's bicubic resize, padding, normalization. */
@NullMarked
package io.github.deqa4j.image.prepare;

import org.jspecify.annotations.NullMarked;
