/** How far the scores of a model can be relied on: the file that tells, and what follows from it for an image. */
@NullMarked
package io.github.deqa4j.reliability;

import org.jspecify.annotations.NullMarked;
