package io.github.deqa4j.text;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.Prompt;

/** The token ids of the five level words after {@link Prompt#ANSWER_STEM}. Immutable. */
public final class LevelTokens {
    private final int[] ids;

    private LevelTokens(int[] ids) {
        this.ids = ids;
    }

    /**
     * Finds the level words in a vocabulary.
     *
     * @throws DeqaException if a level word is not one token
     */
    public static LevelTokens of(SentencePieceTokenizer tokenizer) {
        return new LevelTokens(
                Level.ALL.stream().mapToInt(level -> id(tokenizer, level)).toArray());
    }

    private static int id(SentencePieceTokenizer tokenizer, Level level) {
        int[] ids = tokenizer.encode(level.word()); // <s>, then the word with its word start
        require(ids.length == 2, level, "takes " + (ids.length - 1) + " tokens of this tokenizer instead of one");
        require(ids[1] != tokenizer.unknownId(), level, "is unknown to this tokenizer");
        return ids[1];
    }

    private static void require(boolean condition, Level level, String problem) {
        if (!condition) {
            throw new DeqaException(
                    "the level \"" + level.word() + "\" " + problem + "; it is not the tokenizer of a scoring network");
        }
    }

    /** The five token ids, excellent to bad, in a new array. */
    public int[] ids() {
        return ids.clone();
    }
}
