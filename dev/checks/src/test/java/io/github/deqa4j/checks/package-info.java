@NullMarked
package io.github.deqa4j.checks;

import org.jspecify.annotations.NullMarked;
