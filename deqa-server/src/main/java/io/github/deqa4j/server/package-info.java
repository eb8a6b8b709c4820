/** An HTTP server around a scorer: its queue, its endpoints, and what it tells of itself. */
@NullMarked
package io.github.deqa4j.server;

import org.jspecify.annotations.NullMarked;
