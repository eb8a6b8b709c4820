/** Shared by the decoders of all formats: bytes, orientation, and Pillow's rules for color. */
@NullMarked
package io.github.deqa4j.image.codec;

import org.jspecify.annotations.NullMarked;
