/** Reads images in all supported formats. */
@NullMarked
package io.github.deqa4j.image.reader;

import org.jspecify.annotations.NullMarked;
