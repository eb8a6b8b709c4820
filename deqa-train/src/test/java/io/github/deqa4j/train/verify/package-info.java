/** Tests of the comparison with the authors' code, which are that comparison. */
@NullMarked
package io.github.deqa4j.train.verify;

import org.jspecify.annotations.NullMarked;
