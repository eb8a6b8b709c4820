@NullMarked
package io.github.deqa4j.torch.model;

import org.jspecify.annotations.NullMarked;
