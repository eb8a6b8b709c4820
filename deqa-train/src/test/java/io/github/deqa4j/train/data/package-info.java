/** Tests of the trainer's package data. */
@NullMarked
package io.github.deqa4j.train.data;

import org.jspecify.annotations.NullMarked;
