/** What every package of deqa4j shares: the root of its exceptions. */
@NullMarked
package io.github.deqa4j;

import org.jspecify.annotations.NullMarked;
