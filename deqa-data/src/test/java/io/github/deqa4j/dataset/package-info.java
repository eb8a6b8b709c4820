/** Tests of the files of a rated data set. */
@NullMarked
package io.github.deqa4j.dataset;

import org.jspecify.annotations.NullMarked;
