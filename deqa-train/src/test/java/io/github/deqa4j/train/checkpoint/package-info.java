/** Tests of the trainer's package checkpoint. */
@NullMarked
package io.github.deqa4j.train.checkpoint;

import org.jspecify.annotations.NullMarked;
