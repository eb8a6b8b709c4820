/** Tests of settings files. */
@NullMarked
package io.github.deqa4j.config;

import org.jspecify.annotations.NullMarked;
