package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.reliability.IntervalTable;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Split-conformal intervals (Lei et al. 2018, "Distribution-Free Predictive Inference for Regression") of scores whose opinion is known, of
 * networks that did not learn from these images. The scores are divided into groups of equal size, because the error depends on the score, and each
 * error is divided by the unfamiliarity of its image, because it depends on that, too (section 5.2 there). Below and above are quantiles of their own.
 */
final class ConformalIntervals {
    private static final int GROUPS = 5;

    /**
     * A lower unfamiliarity makes no interval narrower. Of 930 photographs 12 % are below it, and the coverage is nearly the same from .3 to .475. It is
     * there for images that are more familiar than any of these.
     */
    private static final float FLOOR = 0.45f;

    private final double coverage;
    private final List<List<Residual>> groups;

    /** @throws DeqaException if there are too few scores for a quantile so far out, or too many that are equal */
    ConformalIntervals(List<Residual> residuals, double coverage) {
        this.coverage = coverage;
        List<Residual> sorted = residuals.stream()
                .sorted(Comparator.comparingDouble(Residual::score))
                .toList();
        groups = IntStream.range(0, GROUPS)
                .mapToObj(g -> sorted.subList(g * sorted.size() / GROUPS, (g + 1) * sorted.size() / GROUPS))
                .toList();
        for (List<Residual> group : groups) {
            requireEnough(group.size());
        }
        for (int g = 1; g < GROUPS; g++) {
            float score = score(groups.get(g));
            if (score <= score(groups.get(g - 1))) {
                throw new DeqaException("many results have the score " + score
                        + "; intervals need results of images of different quality");
            }
        }
    }

    /**
     * A score and what it should have been.
     *
     * @param image its name
     * @param opinion the mean opinion on the scale of levels
     */
    record Residual(String image, double score, double opinion) {}

    /**
     * The intervals that contain a share of opinions.
     *
     * @param unfamiliarity of each image by its name, as measured by what did not learn from it
     */
    IntervalTable table(ToDoubleFunction<String> unfamiliarity) {
        float[] scores = new float[GROUPS];
        float[] below = new float[GROUPS];
        float[] above = new float[GROUPS];
        ToDoubleFunction<Residual> error =
                r -> (r.score() - r.opinion()) / Math.max(FLOOR, unfamiliarity.applyAsDouble(r.image()));
        for (int g = 0; g < GROUPS; g++) {
            scores[g] = score(groups.get(g));
            below[g] = quantile(groups.get(g), error);
            above[g] = quantile(groups.get(g), r -> -error.applyAsDouble(r));
        }
        return new IntervalTable((float) coverage, FLOOR, scores, below, above);
    }

    /** Of a group's size; larger than it if the group is too small. */
    private int rank(int size) {
        return (int) Math.ceil((size + 1) * (1 + coverage) / 2);
    }

    private void requireEnough(int size) {
        if (rank(size) > size) {
            throw new DeqaException("there are " + size
                    + " results of images of similar quality, which is too few for intervals of " + coverage);
        }
    }

    private static float score(List<Residual> group) {
        return (float) group.stream().mapToDouble(Residual::score).average().orElseThrow();
    }

    /** The ⌈(n + 1)·(1 + coverage)/2⌉-th smallest distance, or 0 where that is below. */
    private float quantile(List<Residual> group, ToDoubleFunction<Residual> distance) {
        double[] distances = group.stream().mapToDouble(distance).sorted().toArray();
        return (float) Math.max(0, distances[rank(distances.length) - 1]);
    }
}
