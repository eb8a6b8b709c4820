/** The SentencePiece tokenizer of LLaMA, and prompts as token ids. */
@NullMarked
package io.github.deqa4j.text;

import org.jspecify.annotations.NullMarked;
