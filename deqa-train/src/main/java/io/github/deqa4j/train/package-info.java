/** Training of a network on rated images: the run, its loop, its evaluations and its output directory. */
@NullMarked
package io.github.deqa4j.train;

import org.jspecify.annotations.NullMarked;
