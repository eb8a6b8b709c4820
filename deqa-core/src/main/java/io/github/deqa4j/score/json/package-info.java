/** Scores in JSON: the fields that rows of results and answers of the server share. */
@NullMarked
package io.github.deqa4j.score.json;

import org.jspecify.annotations.NullMarked;
