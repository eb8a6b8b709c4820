package io.github.deqa4j.metric;

/** Ranks of counted values, 1 for the smallest; equal values share the mean of their places. */
final class MidRanks {
    private MidRanks() {}

    /**
     * Fills in the ranks.
     *
     * @param values the values
     * @param order places of the values, from the smallest value to the largest
     * @param weights how often each value counts; one that does not count gets a rank without meaning
     * @param ranks receives the rank of each value
     * @return how many pairs of counted values are equal
     */
    static double fill(double[] values, int[] order, int[] weights, double[] ranks) {
        double tied = 0;
        long before = 0;
        int start = 0;
        while (start < order.length) {
            int end = start;
            long count = 0;
            double value = values[order[start]];
            while (end < order.length && values[order[end]] == value) {
                count += weights[order[end++]];
            }
            double rank = before + (count + 1) / 2.0;
            for (int i = start; i < end; i++) {
                ranks[order[i]] = rank;
            }
            before += count;
            tied += count * (count - 1) / 2.0;
            start = end;
        }
        return tied;
    }
}
