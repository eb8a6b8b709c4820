/** Decodes the first frame of GIF files. */
@NullMarked
package io.github.deqa4j.image.gif;

import org.jspecify.annotations.NullMarked;
