package io.github.deqa4j.reliability;

import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.ScoreInterval;
import java.util.Map;

/**
 * How far below and above a score the mean opinion may lie, measured on images that the network did not learn from. Between two of the table's
 * scores both distances are interpolated linearly; below the first and above the last they are constant.
 */
public final class IntervalTable {
    private static final String COVERAGE = "interval.coverage";
    private static final String SCORES = "interval.scores";
    private static final String BELOW = "interval.below";
    private static final String ABOVE = "interval.above";

    private static final int MOST_SCORES = 1000;

    private final float coverage;
    private final float[] scores;
    private final float[] below;
    private final float[] above;

    /**
     * A table; the arrays are copied.
     *
     * @param coverage the share of opinions inside their intervals, above 0 and below 1
     * @param scores at least one, rising, from 1 to 5
     * @param below for each score, how many levels lower the opinion may be; 0 or more
     * @param above for each score, how many levels higher; 0 or more
     */
    public IntervalTable(float coverage, float[] scores, float[] below, float[] above) {
        this.coverage = coverage;
        this.scores = scores.clone();
        this.below = below.clone();
        this.above = above.clone();
    }

    static IntervalTable read(ReliabilityTensors tensors) {
        float coverage = tensors.number(COVERAGE);
        tensors.require(
                coverage > 0 && coverage < 1, COVERAGE, "holds " + coverage + "; it must be above 0 and below 1");
        int length = tensors.length(SCORES, MOST_SCORES);
        float[] scores = tensors.read(SCORES, length);
        for (int i = 0; i < length; i++) {
            tensors.require(
                    scores[i] >= QualityScore.LOWEST && scores[i] <= QualityScore.HIGHEST,
                    SCORES,
                    "holds " + scores[i] + "; scores are from 1 to 5");
            tensors.require(
                    i == 0 || scores[i] > scores[i - 1],
                    SCORES,
                    "holds " + scores[i] + " after " + scores[Math.max(0, i - 1)] + "; its numbers must rise");
        }
        return new IntervalTable(
                coverage, scores, distances(tensors, BELOW, length), distances(tensors, ABOVE, length));
    }

    private static float[] distances(ReliabilityTensors tensors, String name, int length) {
        float[] distances = tensors.read(name, length);
        for (float distance : distances) {
            tensors.require(distance >= 0, name, "holds " + distance + "; its numbers must not be below 0");
        }
        return distances;
    }

    /** The table as tensors, which are written. */
    Map<String, TensorSource> tensors() {
        return Map.of(
                COVERAGE, TensorSource.of(new float[] {coverage}, 1),
                SCORES, TensorSource.of(scores, scores.length),
                BELOW, TensorSource.of(below, below.length),
                ABOVE, TensorSource.of(above, above.length));
    }

    /**
     * The interval around a score, within 1 to 5.
     *
     * @param score from 1 to 5
     * @param widening a factor on both distances, 1 or more
     */
    public ScoreInterval around(double score, double widening) {
        return new ScoreInterval(
                withinRange(score - widening * interpolated(below, score)),
                withinRange(score + widening * interpolated(above, score)),
                coverage());
    }

    /** The share of opinions inside their intervals. */
    public double coverage() {
        return Double.parseDouble(Float.toString(coverage)); // .8 and not .800000011920929
    }

    private double interpolated(float[] distances, double score) {
        int upper = 0; // the first that is not below the score
        while (upper < scores.length && scores[upper] < score) {
            upper++;
        }
        if (upper == 0 || upper == scores.length) {
            return distances[Math.max(0, upper - 1)];
        }
        double share = (score - scores[upper - 1]) / ((double) scores[upper] - scores[upper - 1]);
        return distances[upper - 1] + share * ((double) distances[upper] - distances[upper - 1]);
    }

    private static double withinRange(double score) {
        return Math.max(QualityScore.LOWEST, Math.min(QualityScore.HIGHEST, score));
    }
}
