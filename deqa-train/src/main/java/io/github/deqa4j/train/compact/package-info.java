/** The small network before training, from a pretrained trunk, and after it, as it ships. */
@NullMarked
package io.github.deqa4j.train.compact;

import org.jspecify.annotations.NullMarked;
