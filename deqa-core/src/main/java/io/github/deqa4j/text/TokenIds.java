package io.github.deqa4j.text;

import io.github.deqa4j.score.Prompt;
import java.util.Arrays;

/** A prompt as token ids, in two parts between which the image stands. Immutable. */
public final class TokenIds {
    /** Stands for the image in a joined list; no token has this id. */
    public static final int IMAGE = -200;

    private final int[] before;
    private final int[] after;

    /**
     * Two lists of ids, which are copied.
     *
     * @param before what precedes the image, beginning-of-sequence token included
     * @param after what follows the image
     */
    public TokenIds(int[] before, int[] after) {
        this.before = before.clone();
        this.after = after.clone();
    }

    /**
     * Encodes the text on each side of the image on its own, so that each gets its own word start; the
     * beginning-of-sequence token stands once, at the very start.
     */
    public static TokenIds of(Prompt prompt, SentencePieceTokenizer tokenizer) {
        int place = prompt.text().indexOf(Prompt.IMAGE);
        int[] before = tokenizer.encode(prompt.text().substring(0, place));
        int[] after = tokenizer.encode(prompt.text().substring(place + Prompt.IMAGE.length()));
        return new TokenIds(before, Arrays.copyOfRange(after, 1, after.length));
    }

    /** The ids that precede the image, in a new array. */
    public int[] before() {
        return before.clone();
    }

    /** The ids that follow the image, in a new array. */
    public int[] after() {
        return after.clone();
    }

    /** All ids in order, with {@link #IMAGE} in the image's place, in a new array. */
    public int[] joined() {
        int[] ids = Arrays.copyOf(before, before.length + 1 + after.length);
        ids[before.length] = IMAGE;
        System.arraycopy(after, 0, ids, before.length + 1, after.length);
        return ids;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenIds ids && Arrays.equals(before, ids.before) && Arrays.equals(after, ids.after);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(joined());
    }

    @Override
    public String toString() {
        return Arrays.toString(joined());
    }
}
