/** Tests of the tokenizer and the prompts. */
@NullMarked
package io.github.deqa4j.text;

import org.jspecify.annotations.NullMarked;
