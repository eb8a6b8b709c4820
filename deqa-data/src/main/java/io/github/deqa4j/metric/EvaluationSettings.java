package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;
import java.util.Optional;

/**
 * How to evaluate.
 *
 * @param curve the curve that predictions are fitted with; empty for none
 * @param resamples bootstrap resamples; 0 for no intervals
 * @param confidence share of the resamples in an interval, in (0, 1)
 * @param seed what resamples follow from; the number of threads does not matter
 * @param threads threads that resample, at least 1
 */
public record EvaluationSettings(
        Optional<LogisticCurve> curve, int resamples, double confidence, long seed, int threads) {
    private static final int MOST_RESAMPLES = 1_000_000;

    /**
     * Settings in range.
     *
     * @throws DeqaException if a number is out of its range
     */
    public EvaluationSettings {
        if (resamples < 0 || resamples > MOST_RESAMPLES) {
            throw new DeqaException(
                    "the number of resamples is " + resamples + "; it must lie in [0, " + MOST_RESAMPLES + "]");
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new DeqaException("the confidence is " + confidence + "; it must lie between 0 and 1, such as 0.95");
        }
        if (threads < 1) {
            throw new DeqaException("the number of threads is " + threads + "; it must be at least 1");
        }
    }

    /** The published tables' curve, 1000 resamples, 95 %, all processors. */
    public static EvaluationSettings standard() {
        return new EvaluationSettings(
                Optional.of(LogisticCurve.LOGISTIC4),
                1000,
                0.95,
                0,
                Runtime.getRuntime().availableProcessors());
    }

    public EvaluationSettings withCurve(Optional<LogisticCurve> newCurve) {
        return new EvaluationSettings(newCurve, resamples, confidence, seed, threads);
    }

    public EvaluationSettings withResamples(int newResamples) {
        return new EvaluationSettings(curve, newResamples, confidence, seed, threads);
    }

    public EvaluationSettings withConfidence(double newConfidence) {
        return new EvaluationSettings(curve, resamples, newConfidence, seed, threads);
    }

    public EvaluationSettings withSeed(long newSeed) {
        return new EvaluationSettings(curve, resamples, confidence, newSeed, threads);
    }

    public EvaluationSettings withThreads(int newThreads) {
        return new EvaluationSettings(curve, resamples, confidence, seed, newThreads);
    }
}
