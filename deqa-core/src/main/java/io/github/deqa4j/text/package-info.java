/** Words in: the SentencePiece tokenizer of LLaMA and the prompts. */
@NullMarked
package io.github.deqa4j.text;

import org.jspecify.annotations.NullMarked;
