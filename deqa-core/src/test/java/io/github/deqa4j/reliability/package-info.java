@NullMarked
package io.github.deqa4j.reliability;

import org.jspecify.annotations.NullMarked;
