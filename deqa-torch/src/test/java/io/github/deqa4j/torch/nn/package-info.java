@NullMarked
package io.github.deqa4j.torch.nn;

import org.jspecify.annotations.NullMarked;
