/** Opening a {@link io.github.deqa4j.score.Scorer} that computes with libtorch. */
@NullMarked
package io.github.deqa4j.torch;

import org.jspecify.annotations.NullMarked;
