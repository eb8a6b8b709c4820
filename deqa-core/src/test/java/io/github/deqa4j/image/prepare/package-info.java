@NullMarked
package io.github.deqa4j.image.prepare;

import org.jspecify.annotations.NullMarked;
