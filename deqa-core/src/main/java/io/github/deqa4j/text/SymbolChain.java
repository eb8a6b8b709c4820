package io.github.deqa4j.text;

import java.util.BitSet;
import java.util.PriorityQueue;

/**
 * A text cut into symbols, neighbors of which are merged into pieces: the best score first, the leftmost of equals
 * (byte pair encoding; Sennrich et al. 2016). A symbol is known by the number it had at the start, before merging.
 *
 * <p>Takes O(n log n) time for n characters: each merge looks at two new pairs, and a pair longer than the longest
 * piece is never looked up.
 */
final class SymbolChain {
    private static final int NONE = -1;

    private final Vocabulary vocabulary;
    private final String text;
    private final int count;
    private final int[] start;
    private final int[] end;
    private final int[] previous;
    private final int[] next;
    private final BitSet fixed = new BitSet();
    private final PriorityQueue<Merge> merges = new PriorityQueue<>();

    /** Cuts a text into user-defined pieces, which stay whole, and single characters. */
    SymbolChain(Vocabulary vocabulary, String text) {
        this.vocabulary = vocabulary;
        this.text = text;
        this.start = new int[text.length()];
        this.end = new int[text.length()];
        this.previous = new int[text.length()];
        this.next = new int[text.length()];
        this.count = split();
    }

    private int split() {
        int symbols = 0;
        for (int at = 0; at < text.length(); symbols++) {
            int length = vocabulary.userDefinedLength(text, at);
            fixed.set(symbols, length > 0);
            start[symbols] = at;
            at += length > 0 ? length : Character.charCount(text.codePointAt(at));
            end[symbols] = at;
            previous[symbols] = symbols - 1;
            next[symbols] = symbols + 1;
        }
        return symbols;
    }

    /** Merges until no two neighbors make a piece. */
    void mergeAll() {
        for (int right = 1; right < count; right++) {
            propose(right - 1, right);
        }
        for (Merge merge = merges.poll(); merge != null; merge = merges.poll()) {
            if (stands(merge)) {
                join(merge.left, merge.right);
            }
        }
    }

    /** Number of symbols at the start; {@link #next} of the last symbol. */
    int count() {
        return count;
    }

    /** The symbol after one. */
    int next(int symbol) {
        return next[symbol];
    }

    String text(int symbol) {
        return text.substring(start[symbol], end[symbol]);
    }

    private void propose(int left, int right) {
        if (left == NONE || right == count || fixed.get(left) || fixed.get(right)) {
            return;
        }
        int length = end[right] - start[left];
        if (length > vocabulary.longest()) {
            return;
        }
        int id = vocabulary.idOfText(text.substring(start[left], end[right]));
        if (id != Vocabulary.ABSENT) {
            merges.add(new Merge(vocabulary.piece(id).score(), left, right, length));
        }
    }

    /** Whether both symbols are unchanged since the merge was proposed. */
    private boolean stands(Merge merge) {
        return next[merge.left] == merge.right && end[merge.right] - start[merge.left] == merge.length;
    }

    private void join(int left, int right) {
        end[left] = end[right];
        next[left] = next[right];
        next[right] = NONE;
        if (next[left] < count) {
            previous[next[left]] = left;
        }
        propose(previous[left], left);
        propose(left, next[left]);
    }

    private record Merge(float score, int left, int right, int length) implements Comparable<Merge> {
        @Override
        public int compareTo(Merge other) {
            int byScore = Float.compare(other.score, score);
            return byScore != 0 ? byScore : Integer.compare(left, other.left);
        }
    }
}
