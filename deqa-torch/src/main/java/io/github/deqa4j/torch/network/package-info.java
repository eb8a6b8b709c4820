/** The networks there are, behind one interface: what a model's directory describes, and the network that it becomes. */
@NullMarked
package io.github.deqa4j.torch.network;

import org.jspecify.annotations.NullMarked;
