@NullMarked
package io.github.deqa4j.image.tile;

import org.jspecify.annotations.NullMarked;
