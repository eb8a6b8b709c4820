@NullMarked
package io.github.deqa4j.train.compact;

import org.jspecify.annotations.NullMarked;
