/** From a trunk that others trained to the weights that the small network starts to learn from. */
@NullMarked
package io.github.deqa4j.torch.trunk;

import org.jspecify.annotations.NullMarked;
