/** Tests of the command line, run as a user would run it. */
@NullMarked
package io.github.deqa4j.cli;

import org.jspecify.annotations.NullMarked;
