/** Images in: reading, padding to a square, the bicubic resize of Pillow, normalization. */
@NullMarked
package io.github.deqa4j.image;

import org.jspecify.annotations.NullMarked;
