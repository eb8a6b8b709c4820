/** Soft labels: from what raters said of an image to the distribution over levels that a network is trained towards. */
@NullMarked
package io.github.deqa4j.label;

import org.jspecify.annotations.NullMarked;
