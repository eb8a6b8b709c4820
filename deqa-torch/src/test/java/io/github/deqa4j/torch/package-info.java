/** Tests of the network against the authors' code. */
@NullMarked
package io.github.deqa4j.torch;

import org.jspecify.annotations.NullMarked;
