/** Evaluations and comparisons as tables, JSON, CSV, LaTeX and a self-contained HTML page. */
@NullMarked
package io.github.deqa4j.report;

import org.jspecify.annotations.NullMarked;
