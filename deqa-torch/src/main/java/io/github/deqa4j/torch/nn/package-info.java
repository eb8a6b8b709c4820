/** The building blocks of networks, and the only place that touches the option types and the memory of the binding. */
@NullMarked
package io.github.deqa4j.torch.nn;

import org.jspecify.annotations.NullMarked;
