@NullMarked
package io.github.deqa4j.image.codec;

import org.jspecify.annotations.NullMarked;
