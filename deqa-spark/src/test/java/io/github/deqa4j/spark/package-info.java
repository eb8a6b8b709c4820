@NullMarked
package io.github.deqa4j.spark;

import org.jspecify.annotations.NullMarked;
