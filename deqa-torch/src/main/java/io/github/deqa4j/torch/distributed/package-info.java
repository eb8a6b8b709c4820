/** Training in several processes: ranks, rendezvous and collective operations, over c10d of libtorch. */
@NullMarked
package io.github.deqa4j.torch.distributed;

import org.jspecify.annotations.NullMarked;
