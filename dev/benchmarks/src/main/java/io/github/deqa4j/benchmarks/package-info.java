/** Measurements, and the tools that prepare them. */
@NullMarked
package io.github.deqa4j.benchmarks;

import org.jspecify.annotations.NullMarked;
