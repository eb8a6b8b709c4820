/** Making models with weights of 8-bit integers. */
@NullMarked
package io.github.deqa4j.torch.quantize;

import org.jspecify.annotations.NullMarked;
