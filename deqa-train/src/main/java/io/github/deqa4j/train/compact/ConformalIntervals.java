package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.reliability.IntervalTable;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Split-conformal intervals (Lei et al. 2018, "Distribution-Free Predictive Inference for Regression") of scores whose opinion is known, of
 * networks that did not learn from these images. The scores are divided into groups of equal size, because the error depends on the score. Below
 * and above are quantiles of their own.
 */
final class ConformalIntervals {
    private static final int GROUPS = 5;

    private ConformalIntervals() {}

    /**
     * A score and what it should have been.
     *
     * @param opinion the mean opinion on the scale of levels
     */
    record Residual(double score, double opinion) {}

    /**
     * The intervals that contain a share of opinions.
     *
     * @throws DeqaException if there are too few scores for a quantile so far out
     */
    static IntervalTable of(List<Residual> residuals, double coverage) {
        List<Residual> sorted = residuals.stream()
                .sorted(Comparator.comparingDouble(Residual::score))
                .toList();
        float[] scores = new float[GROUPS];
        float[] below = new float[GROUPS];
        float[] above = new float[GROUPS];
        for (int g = 0; g < GROUPS; g++) {
            List<Residual> group = sorted.subList(g * sorted.size() / GROUPS, (g + 1) * sorted.size() / GROUPS);
            scores[g] = (float)
                    group.stream().mapToDouble(Residual::score).average().orElse(Double.NaN);
            if (g > 0 && scores[g] <= scores[g - 1]) {
                throw new DeqaException("many results have the score " + scores[g]
                        + "; intervals need results of images of different quality");
            }
            below[g] = quantile(group, r -> r.score() - r.opinion(), coverage);
            above[g] = quantile(group, r -> r.opinion() - r.score(), coverage);
        }
        return new IntervalTable((float) coverage, scores, below, above);
    }

    /** The ⌈(n + 1)·(1 + coverage)/2⌉-th smallest distance, or 0 where that is below. */
    private static float quantile(List<Residual> group, ToDoubleFunction<Residual> distance, double coverage) {
        double[] distances = group.stream().mapToDouble(distance).sorted().toArray();
        int rank = (int) Math.ceil((distances.length + 1) * (1 + coverage) / 2);
        if (rank > distances.length) {
            throw new DeqaException("there are " + distances.length
                    + " results of images of similar quality, which is too few for intervals of " + coverage);
        }
        return (float) Math.max(0, distances[rank - 1]);
    }
}
