@NullMarked
package io.github.deqa4j.springexample;

import org.jspecify.annotations.NullMarked;
