/** Compares this implementation with recorded outputs of the authors' code. */
@NullMarked
package io.github.deqa4j.train.verify;

import org.jspecify.annotations.NullMarked;
