@NullMarked
package io.github.deqa4j.torch.load;

import org.jspecify.annotations.NullMarked;
