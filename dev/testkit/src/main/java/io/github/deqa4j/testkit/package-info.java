/** What the tests of every module share. Nothing here ships. */
@NullMarked
package io.github.deqa4j.testkit;

import org.jspecify.annotations.NullMarked;
