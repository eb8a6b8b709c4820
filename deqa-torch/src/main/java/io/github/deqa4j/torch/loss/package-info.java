/** The losses of training, one class each, and their weighted sum. */
@NullMarked
package io.github.deqa4j.torch.loss;

import org.jspecify.annotations.NullMarked;
