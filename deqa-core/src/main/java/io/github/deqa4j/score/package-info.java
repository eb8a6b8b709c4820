/** The user's view: five levels, a distribution over them, a score with its spread, and the scorer that gives it. */
@NullMarked
package io.github.deqa4j.score;

import org.jspecify.annotations.NullMarked;
