/** Tests of the trainer's package config. */
@NullMarked
package io.github.deqa4j.train.config;

import org.jspecify.annotations.NullMarked;
