/** Tests of the losses. */
@NullMarked
package io.github.deqa4j.torch.loss;

import org.jspecify.annotations.NullMarked;
