/** How a run went: its logs as CSV, and a page of curves. */
@NullMarked
package io.github.deqa4j.train.report;

import org.jspecify.annotations.NullMarked;
