/** Tests of the checkpoint readers, with writers of valid and of hostile files. */
@NullMarked
package io.github.deqa4j.checkpoint;

import org.jspecify.annotations.NullMarked;
