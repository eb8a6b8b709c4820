/** The first frame of a GIF file. */
@NullMarked
package io.github.deqa4j.image.gif;

import org.jspecify.annotations.NullMarked;
