/** Tests of the trainer. */
@NullMarked
package io.github.deqa4j.train;

import org.jspecify.annotations.NullMarked;
