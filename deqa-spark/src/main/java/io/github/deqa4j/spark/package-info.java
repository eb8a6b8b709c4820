/** Scores of images on Apache Spark: a transformer of Spark ML and a function of Spark SQL. */
@NullMarked
package io.github.deqa4j.spark;

import org.jspecify.annotations.NullMarked;
