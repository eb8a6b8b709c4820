/** Decodes BMP files. */
@NullMarked
package io.github.deqa4j.image.bmp;

import org.jspecify.annotations.NullMarked;
