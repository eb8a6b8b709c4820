/** Tests of the reports. */
@NullMarked
package io.github.deqa4j.report;

import org.jspecify.annotations.NullMarked;
