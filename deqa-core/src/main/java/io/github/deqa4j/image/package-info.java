/** Pictures in: reading, padding to a square, the bicubic resize of Pillow, normalisation. */
@NullMarked
package io.github.deqa4j.image;

import org.jspecify.annotations.NullMarked;
