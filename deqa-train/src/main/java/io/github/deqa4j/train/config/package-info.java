/** The settings of a training run: one YAML file as validated records. */
@NullMarked
package io.github.deqa4j.train.config;

import org.jspecify.annotations.NullMarked;
