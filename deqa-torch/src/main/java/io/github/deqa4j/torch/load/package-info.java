/** The files of models, and loading their weights into networks. */
@NullMarked
package io.github.deqa4j.torch.load;

import org.jspecify.annotations.NullMarked;
