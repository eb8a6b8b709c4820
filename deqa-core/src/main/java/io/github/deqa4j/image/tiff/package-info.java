/** Decodes TIFF files. */
@NullMarked
package io.github.deqa4j.image.tiff;

import org.jspecify.annotations.NullMarked;
