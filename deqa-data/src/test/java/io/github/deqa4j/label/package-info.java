/** Tests of soft labels. */
@NullMarked
package io.github.deqa4j.label;

import org.jspecify.annotations.NullMarked;
