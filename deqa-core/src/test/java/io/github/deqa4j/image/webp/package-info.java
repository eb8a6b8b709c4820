@NullMarked
package io.github.deqa4j.image.webp;

import org.jspecify.annotations.NullMarked;
