@NullMarked
package io.github.deqa4j.torch.bench;

import org.jspecify.annotations.NullMarked;
