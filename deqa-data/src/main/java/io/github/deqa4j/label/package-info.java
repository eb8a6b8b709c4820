/** Soft labels: distributions over the five levels, made from mean and standard deviation of an image's ratings. */
@NullMarked
package io.github.deqa4j.label;

import org.jspecify.annotations.NullMarked;
