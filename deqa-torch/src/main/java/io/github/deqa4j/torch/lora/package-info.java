/** Low-rank adapters (Hu et al. 2021): their settings and their merge into the weights they adapt. */
@NullMarked
package io.github.deqa4j.torch.lora;

import org.jspecify.annotations.NullMarked;
