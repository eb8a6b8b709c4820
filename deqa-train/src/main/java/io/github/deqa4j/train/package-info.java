/** The trainer: rated images and a network in, a better network out. */
@NullMarked
package io.github.deqa4j.train;

import org.jspecify.annotations.NullMarked;
