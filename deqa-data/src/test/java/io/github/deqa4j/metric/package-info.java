/** Tests of the metrics. */
@NullMarked
package io.github.deqa4j.metric;

import org.jspecify.annotations.NullMarked;
