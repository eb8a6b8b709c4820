/** Parts of an image at its own scale: where they lie, which of them are flat, and which are scored. */
@NullMarked
package io.github.deqa4j.image.tile;

import org.jspecify.annotations.NullMarked;
