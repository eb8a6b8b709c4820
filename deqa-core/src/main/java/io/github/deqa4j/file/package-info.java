/** Files out: written beside their place and moved there whole. */
@NullMarked
package io.github.deqa4j.file;

import org.jspecify.annotations.NullMarked;
