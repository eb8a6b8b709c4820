/** Training in several processes: who takes part, how they meet, and what they add up (libtorch's c10d). */
@NullMarked
package io.github.deqa4j.torch.distributed;

import org.jspecify.annotations.NullMarked;
