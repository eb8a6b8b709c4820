/** The kinds of networks behind one interface: their architecture, from the files of a model, and the loaded network. */
@NullMarked
package io.github.deqa4j.torch.network;

import org.jspecify.annotations.NullMarked;
