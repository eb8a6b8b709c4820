/** Tests of the trainer's package distortion. */
@NullMarked
package io.github.deqa4j.train.distortion;

import org.jspecify.annotations.NullMarked;
