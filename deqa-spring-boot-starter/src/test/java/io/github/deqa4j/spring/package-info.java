@NullMarked
package io.github.deqa4j.spring;

import org.jspecify.annotations.NullMarked;
