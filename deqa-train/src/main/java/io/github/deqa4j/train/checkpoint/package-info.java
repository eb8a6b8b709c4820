/** A training run on disk: checkpoints to go on from, and the learnt network to use. */
@NullMarked
package io.github.deqa4j.train.checkpoint;

import org.jspecify.annotations.NullMarked;
