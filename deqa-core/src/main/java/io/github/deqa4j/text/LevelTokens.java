package io.github.deqa4j.text;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Level;

/** The tokens with which the network says the five levels, as they follow {@link Prompt#ANSWER_STEM}. Immutable. */
public final class LevelTokens {
    private final int[] ids;

    private LevelTokens(int[] ids) {
        this.ids = ids;
    }

    /**
     * Finds the level words in a vocabulary.
     *
     * @throws DeqaException if a level word takes more than one token
     */
    public static LevelTokens of(SentencePieceTokenizer tokenizer) {
        return new LevelTokens(
                Level.ALL.stream().mapToInt(level -> id(tokenizer, level)).toArray());
    }

    private static int id(SentencePieceTokenizer tokenizer, Level level) {
        int[] ids = tokenizer.encode(level.word()); // <s>, then the word with its word start
        if (ids.length != 2) {
            throw new DeqaException("the level \"" + level.word() + "\" takes " + (ids.length - 1)
                    + " tokens of this tokenizer instead of one; it is not the tokenizer of a scoring network");
        }
        return ids[1];
    }

    /** The five token ids, excellent to bad, in a new array. */
    public int[] ids() {
        return ids.clone();
    }
}
