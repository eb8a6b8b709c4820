/** The small network: a residual trunk whose features' statistics become five logits. */
@NullMarked
package io.github.deqa4j.torch.compact;

import org.jspecify.annotations.NullMarked;
