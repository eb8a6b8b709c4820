/** Tests. */
@NullMarked
package io.github.deqa4j.torch.quantize;

import org.jspecify.annotations.NullMarked;
