@NullMarked
package io.github.deqa4j.hub;

import org.jspecify.annotations.NullMarked;
