/** Tests of reading and preparing images. */
@NullMarked
package io.github.deqa4j.image;

import org.jspecify.annotations.NullMarked;
