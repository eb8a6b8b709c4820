/**
 * Files: written under another name and moved into place when complete, or appended to row by row and repaired after a
 * kill. Also texts for messages, UTF-8 and the class path.
 */
@NullMarked
package io.github.deqa4j.file;

import org.jspecify.annotations.NullMarked;
