/** The programs that the README shows. */
@NullMarked
package io.github.deqa4j.examples;

import org.jspecify.annotations.NullMarked;
