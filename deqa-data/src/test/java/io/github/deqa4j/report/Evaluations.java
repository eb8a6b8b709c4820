package io.github.deqa4j.report;

import io.github.deqa4j.metric.EvaluatedImage;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.EvaluationSettings;
import io.github.deqa4j.metric.EvaluationTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A small data set with a name that must be escaped everywhere. */
final class Evaluations {
    static final String NAME = "a_b, \"<i>50%</i>\" & 'c'";
    static final EvaluationSettings SETTINGS =
            EvaluationSettings.standard().withCurve(Optional.empty()).withResamples(0);

    private Evaluations() {}

    /** Predictions 1, 2, 3, 4, 5 of truths 1, 2, 3, 5, 4, without spreads of people. */
    static EvaluationSet plain() {
        return set(Double.NaN);
    }

    /** The same with a spread of 0.7. */
    static EvaluationSet spread() {
        return set(0.7);
    }

    static EvaluationTable table(EvaluationSettings settings, EvaluationSet... sets) {
        return EvaluationTable.of(List.of(sets), settings);
    }

    /** A set under another name. */
    static EvaluationSet named(String name, EvaluationSet set) {
        return new EvaluationSet(name, set.images());
    }

    /** Twelve predictions that fall as the truths rise. */
    static EvaluationSet reversed() {
        return new EvaluationSet(
                "<reversed>",
                IntStream.range(0, 12)
                        .mapToObj(i -> new EvaluatedImage(
                                "id" + i, i + ".png", 4.5 - i / 4.0, 0.6, 1.5 + i / 4.0 + (i % 3) / 10.0, 0.5))
                        .toList());
    }

    private static EvaluationSet set(double std) {
        double[] truth = {1, 2, 3, 5, 4};
        return new EvaluationSet(
                NAME,
                IntStream.range(0, truth.length)
                        .mapToObj(i ->
                                new EvaluatedImage("id" + i, "<" + i + ">.png", i + 1, 0.6 + i / 50.0, truth[i], std))
                        .toList());
    }
}
