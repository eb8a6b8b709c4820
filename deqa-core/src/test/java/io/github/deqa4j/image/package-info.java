/** Tests of reading and preparing pictures. */
@NullMarked
package io.github.deqa4j.image;

import org.jspecify.annotations.NullMarked;
