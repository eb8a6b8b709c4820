/** What a model directory says of its network, as validated records. */
@NullMarked
package io.github.deqa4j.config;

import org.jspecify.annotations.NullMarked;
