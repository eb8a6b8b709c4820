/** PNG. */
@NullMarked
package io.github.deqa4j.image.png;

import org.jspecify.annotations.NullMarked;
