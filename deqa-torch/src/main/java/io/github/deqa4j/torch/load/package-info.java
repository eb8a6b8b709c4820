/** From a model directory to a network: the file names, the strict comparison of tensor names, the binding. */
@NullMarked
package io.github.deqa4j.torch.load;

import org.jspecify.annotations.NullMarked;
