@NullMarked
package io.github.deqa4j.score.json;

import org.jspecify.annotations.NullMarked;
