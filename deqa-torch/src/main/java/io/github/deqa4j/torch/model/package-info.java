/** The network, one block per class, in the order of the paper: vision, abstractor, splice, decoder. */
@NullMarked
package io.github.deqa4j.torch.model;

import org.jspecify.annotations.NullMarked;
