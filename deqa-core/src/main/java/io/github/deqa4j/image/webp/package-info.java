/** WebP: lossy (VP8, RFC 6386) and lossless (VP8L). */
@NullMarked
package io.github.deqa4j.image.webp;

import org.jspecify.annotations.NullMarked;
