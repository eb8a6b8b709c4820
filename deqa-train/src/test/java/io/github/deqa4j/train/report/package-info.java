/** Tests of the trainer's package report. */
@NullMarked
package io.github.deqa4j.train.report;

import org.jspecify.annotations.NullMarked;
