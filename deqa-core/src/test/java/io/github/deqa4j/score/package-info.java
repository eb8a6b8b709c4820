/** Tests of levels and scores. */
@NullMarked
package io.github.deqa4j.score;

import org.jspecify.annotations.NullMarked;
