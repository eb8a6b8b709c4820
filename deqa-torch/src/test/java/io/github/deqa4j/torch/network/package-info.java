@NullMarked
package io.github.deqa4j.torch.network;

import org.jspecify.annotations.NullMarked;
