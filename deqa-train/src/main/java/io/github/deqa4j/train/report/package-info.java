/** The logs of a run as CSV files, and its training curves as an HTML page. */
@NullMarked
package io.github.deqa4j.train.report;

import org.jspecify.annotations.NullMarked;
