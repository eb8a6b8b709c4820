package io.github.deqa4j.text;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Prompt;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A conversation of the training data as token ids: {@link Prompt#SYSTEM}, the image, a question, and the answer that
 * the network is trained to give, which ends with the end-of-sequence token. Immutable.
 */
public final class TrainingPrompt {
    /** The label of a position that is not trained on. */
    public static final int IGNORED = -100;

    private static final String ROLE = " ASSISTANT:";
    private static final String END = "</s>";

    private final TokenIds ids;
    private final int answerStart;
    private final OptionalInt level;

    private TrainingPrompt(TokenIds ids, int answerStart, OptionalInt level) {
        this.ids = ids;
        this.answerStart = answerStart;
        this.level = level;
    }

    /**
     * Encodes a question and its answer.
     *
     * @param question what the user asks; {@value Prompt#IMAGE} in it is taken out, since the image always comes first
     * @param answer what the assistant says: {@link Prompt#ANSWER_STEM}, a level and a full stop, or free text
     * @throws DeqaException if the tokenizer has no end of sequence, or joins the answer with what precedes it
     */
    public static TrainingPrompt of(SentencePieceTokenizer tokenizer, String question, String answer) {
        String asked = question.replace(Prompt.IMAGE, "").strip();
        String start = Prompt.SYSTEM + " USER: " + Prompt.IMAGE + "\n" + asked + ROLE;
        TokenIds asking = TokenIds.of(new Prompt(start), tokenizer);
        TokenIds whole = TokenIds.of(new Prompt(start + " " + answer.strip()), tokenizer);
        int answerStart = asking.after().length;
        if (!startsWith(whole.after(), 0, asking.after())) {
            throw new DeqaException("the tokenizer joins \"" + answer + "\" with the text before it; it is not the"
                    + " tokenizer of a scoring network");
        }
        TokenIds ids = new TokenIds(whole.before(), append(whole.after(), end(tokenizer)));
        return new TrainingPrompt(ids, answerStart, level(tokenizer, ids.after(), answerStart));
    }

    /** Everything the network reads, the answer and its end included. */
    public TokenIds ids() {
        return ids;
    }

    /** Where the answer starts, as an index into the ids after the image. */
    public int answerStart() {
        return answerStart;
    }

    /** The ids of the answer, end of sequence included, in a new array. */
    public int[] answer() {
        return Arrays.copyOfRange(ids.after(), answerStart, ids.after().length);
    }

    /** Where the level word stands, as an index into the answer; empty where the answer is free text. */
    public OptionalInt level() {
        return level;
    }

    /** The target at each of {@link TokenIds#joined}: the id itself in the answer, {@link #IGNORED} elsewhere. */
    public int[] labels() {
        int[] labels = ids.joined();
        Arrays.fill(labels, 0, labels.length - answer().length, IGNORED);
        return labels;
    }

    private static OptionalInt level(SentencePieceTokenizer tokenizer, int[] after, int answerStart) {
        int[] encoded = tokenizer.encode(Prompt.ANSWER_STEM);
        int[] stem = Arrays.copyOfRange(encoded, 1, encoded.length); // without the beginning of sequence
        int place = answerStart + stem.length;
        boolean found = startsWith(after, answerStart, stem)
                && place < after.length
                && IntStream.of(LevelTokens.of(tokenizer).ids()).anyMatch(id -> id == after[place]);
        return found ? OptionalInt.of(stem.length) : OptionalInt.empty();
    }

    private static boolean startsWith(int[] ids, int from, int[] start) {
        int to = from + start.length;
        return to <= ids.length && Arrays.equals(ids, from, to, start, 0, start.length);
    }

    private static int end(SentencePieceTokenizer tokenizer) {
        return tokenizer
                .pieceId(END)
                .orElseThrow(() -> new DeqaException(
                        "the tokenizer has no piece " + END + "; it is not the tokenizer of a scoring network"));
    }

    private static int[] append(int[] ids, int id) {
        int[] longer = Arrays.copyOf(ids, ids.length + 1);
        longer[ids.length] = id;
        return longer;
    }
}
