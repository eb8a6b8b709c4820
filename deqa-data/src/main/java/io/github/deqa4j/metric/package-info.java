/** How well predicted scores agree with people: correlations, a fitted curve, distribution gaps, and intervals for all of them. */
@NullMarked
package io.github.deqa4j.metric;

import org.jspecify.annotations.NullMarked;
