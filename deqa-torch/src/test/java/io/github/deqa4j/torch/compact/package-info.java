@NullMarked
package io.github.deqa4j.torch.compact;

import org.jspecify.annotations.NullMarked;
