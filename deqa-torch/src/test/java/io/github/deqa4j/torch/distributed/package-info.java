/** Tests of process groups. */
@NullMarked
package io.github.deqa4j.torch.distributed;

import org.jspecify.annotations.NullMarked;
