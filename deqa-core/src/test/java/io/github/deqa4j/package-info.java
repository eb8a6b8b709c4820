/** Tests of what every package shares. */
@NullMarked
package io.github.deqa4j;

import org.jspecify.annotations.NullMarked;
