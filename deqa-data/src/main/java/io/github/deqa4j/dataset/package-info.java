/** The files of a rated data set: opinions, split, training and test rows, and the results of a run. */
@NullMarked
package io.github.deqa4j.dataset;

import org.jspecify.annotations.NullMarked;
