@NullMarked
package io.github.deqa4j.image.jpeg;

import org.jspecify.annotations.NullMarked;
