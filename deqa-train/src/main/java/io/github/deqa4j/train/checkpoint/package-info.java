/** The files of a training run: checkpoints to resume from, and the trained network. */
@NullMarked
package io.github.deqa4j.train.checkpoint;

import org.jspecify.annotations.NullMarked;
