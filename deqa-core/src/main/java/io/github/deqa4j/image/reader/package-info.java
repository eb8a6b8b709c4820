/** From a file of any known format to an image. */
@NullMarked
package io.github.deqa4j.image.reader;

import org.jspecify.annotations.NullMarked;
