/** Files out: written beside their place and moved there whole, or added to row by row and mended after a kill. */
@NullMarked
package io.github.deqa4j.file;

import org.jspecify.annotations.NullMarked;
