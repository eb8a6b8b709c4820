/** Measures how fast a network scores images, and how fast the machine could. */
@NullMarked
package io.github.deqa4j.torch.bench;

import org.jspecify.annotations.NullMarked;
