package io.github.deqa4j.torch.loss;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.text.TrainingPrompt;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The expected answers of a batch of B rows: their tokens, and the positions whose logits predict them. Immutable.
 */
public final class Answers {
    private final int rows;
    private final int length;
    private final int[] positions; // (N), rising; index b·L + l of the logits that predict a token
    private final int[] tokens; // (N)
    private final int[] levels; // indices into tokens, one for each row; empty for free text

    private Answers(int rows, int length, int[] positions, int[] tokens, int[] levels) {
        this.rows = rows;
        this.length = length;
        this.positions = positions;
        this.tokens = tokens;
        this.levels = levels;
    }

    /**
     * The answers of rows that are padded on the right to the length of the longest.
     *
     * @param rows conversations with the same text before the image; all with a level, or all without
     * @param imageTokens number of tokens of an image: {@code model.config().imageTokens()}
     * @throws DeqaException if there is no row, or only some have a level
     */
    public static Answers of(List<TrainingPrompt> rows, int imageTokens) {
        int longest =
                rows.stream().mapToInt(row -> row.ids().after().length).max().orElse(0);
        int prefix = rows.isEmpty() ? 0 : rows.get(0).ids().before().length + imageTokens;
        int length = prefix + longest;
        IntStream.Builder positions = IntStream.builder();
        IntStream.Builder tokens = IntStream.builder();
        IntStream.Builder levels = IntStream.builder();
        int count = 0;
        for (int b = 0; b < rows.size(); b++) {
            TrainingPrompt row = rows.get(b);
            int[] answer = row.answer();
            int first = b * length + prefix + row.answerStart() - 1; // a token is predicted one position before it
            IntStream.range(first, first + answer.length).forEach(positions);
            IntStream.of(answer).forEach(tokens);
            int start = count;
            row.level().ifPresent(level -> levels.add(start + level));
            count += answer.length;
        }
        int[] found = levels.build().toArray();
        if (rows.isEmpty() || (found.length != 0 && found.length != rows.size())) {
            throw new DeqaException("of " + rows.size() + " answers, " + found.length
                    + " say a level; a batch needs at least one row, and all its answers must say one, or none");
        }
        return new Answers(
                rows.size(), length, positions.build().toArray(), tokens.build().toArray(), found);
    }

    /** The number of rows B. */
    public int rows() {
        return rows;
    }

    /** The number of positions L of the longest row, with those of the image. */
    public int length() {
        return length;
    }

    /** Whether each row says a level; otherwise the answers are free text. */
    public boolean haveLevels() {
        return levels.length > 0;
    }

    /** The N positions whose logits {@link Side} takes, as indices b·L + l, in a new array. */
    public int[] positions() {
        return positions.clone();
    }

    /** The logits at {@link #positions}: (B, L, V) → (N, V). */
    public Tensor select(Tensor logits) {
        return logits.flatten(0, 1).index_select(0, Tensors.indices(positions, logits));
    }

    /** Logits before the level words: (N, V) → (B, V). */
    Tensor levelLogits(Tensor logits) {
        return logits.index_select(0, Tensors.indices(levels, logits));
    }

    /**
     * The number of tokens that {@link #nextToken} is the mean over.
     *
     * @param withLevels whether the level word counts
     */
    int count(boolean withLevels) {
        return withLevels ? tokens.length : tokens.length - levels.length;
    }

    /**
     * Next-token cross entropy of the answers.
     *
     * @param logits (N, V)
     * @param withLevels whether the level word counts
     */
    Tensor nextToken(Tensor logits, boolean withLevels) {
        if (withLevels || !haveLevels()) {
            return NextTokenLoss.of(logits, tokens);
        }
        int[] kept = IntStream.range(0, tokens.length)
                .filter(i -> IntStream.of(levels).noneMatch(level -> level == i))
                .toArray();
        return NextTokenLoss.of(
                logits.index_select(0, Tensors.indices(kept, logits)),
                IntStream.of(kept).map(i -> tokens[i]).toArray());
    }
}
