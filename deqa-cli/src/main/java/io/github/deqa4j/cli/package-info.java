/** The command line: reads arguments, puts the other packages together, prints what they answer. */
@NullMarked
package io.github.deqa4j.cli;

import org.jspecify.annotations.NullMarked;
