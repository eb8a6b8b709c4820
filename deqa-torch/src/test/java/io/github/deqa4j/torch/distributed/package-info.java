/** Tests of the ranks of a training. */
@NullMarked
package io.github.deqa4j.torch.distributed;

import org.jspecify.annotations.NullMarked;
