/** Weights in: safetensors and PyTorch zip files, sharded or not, mapped into memory and never trusted. */
@NullMarked
package io.github.deqa4j.checkpoint;

import org.jspecify.annotations.NullMarked;
