package io.github.deqa4j.metric;

import java.util.Arrays;

/** Counts pairs in the same and in opposite order in O(n log n), with a Fenwick tree over the ranks of the truths. */
final class PairCounter {
    private final double[] x;
    private final int[] rank;
    private final int[] tree;
    private int seen;

    /**
     * Makes a counter that can be used again and again.
     *
     * @param x predictions, ascending
     * @param rank dense rank of the truth of each, from 1
     * @param ranks how many ranks there are
     */
    PairCounter(double[] x, int[] rank, int ranks) {
        this.x = x;
        this.rank = rank;
        tree = new int[ranks + 1];
    }

    /** Pairs in the same order minus pairs in opposite order. Pairs that are equal on one side do not count. */
    long surplus(int[] weights) {
        Arrays.fill(tree, 0);
        seen = 0;
        long surplus = 0;
        int start = 0;
        while (start < x.length) {
            int end = start;
            while (end < x.length && x[end] == x[start]) {
                surplus += weights[end] == 0 ? 0 : weights[end] * balance(rank[end]);
                end++;
            }
            for (int i = start; i < end; i++) {
                add(rank[i], weights[i]);
            }
            start = end;
        }
        return surplus;
    }

    /** How many seen truths are lower, less how many are higher. */
    private long balance(int r) {
        return (long) upTo(r - 1) + upTo(r) - seen;
    }

    private int upTo(int r) {
        int count = 0;
        for (int i = r; i > 0; i &= i - 1) {
            count += tree[i];
        }
        return count;
    }

    private void add(int r, int weight) {
        if (weight == 0) {
            return;
        }
        seen += weight;
        for (int i = r; i < tree.length; i += i & -i) {
            tree[i] += weight;
        }
    }
}
