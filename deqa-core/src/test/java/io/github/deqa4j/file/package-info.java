/** Tests of files that appear whole. */
@NullMarked
package io.github.deqa4j.file;

import org.jspecify.annotations.NullMarked;
