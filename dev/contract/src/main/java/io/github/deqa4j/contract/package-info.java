/** What a scorer promises, as tests that those of each implementation extend. */
@NullMarked
package io.github.deqa4j.contract;

import org.jspecify.annotations.NullMarked;
