/**
 * Decodes WebP: lossy (VP8, RFC 6386) and lossless (VP8L, RFC 9649). {@code WebPDecoderTest} has the table of files
 * that are compared with Pillow and libwebp.
 */
@NullMarked
package io.github.deqa4j.image.webp;

import org.jspecify.annotations.NullMarked;
