/** Scoring images with a loaded network. */
@NullMarked
package io.github.deqa4j.torch.infer;

import org.jspecify.annotations.NullMarked;
