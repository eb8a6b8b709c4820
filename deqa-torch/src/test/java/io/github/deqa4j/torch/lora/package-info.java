/** Tests of the adapters. */
@NullMarked
package io.github.deqa4j.torch.lora;

import org.jspecify.annotations.NullMarked;
