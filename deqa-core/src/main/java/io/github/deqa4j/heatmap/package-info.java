/** Drawing where an image loses quality. */
@NullMarked
package io.github.deqa4j.heatmap;

import org.jspecify.annotations.NullMarked;
