@NullMarked
package io.github.deqa4j.server;

import org.jspecify.annotations.NullMarked;
