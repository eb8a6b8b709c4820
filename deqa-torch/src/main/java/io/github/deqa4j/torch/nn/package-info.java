/** The building blocks of networks. Only this package uses the option types and the memory management of the libtorch binding. */
@NullMarked
package io.github.deqa4j.torch.nn;

import org.jspecify.annotations.NullMarked;
