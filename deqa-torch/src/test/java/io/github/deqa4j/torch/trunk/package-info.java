@NullMarked
package io.github.deqa4j.torch.trunk;

import org.jspecify.annotations.NullMarked;
