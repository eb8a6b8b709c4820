package io.github.deqa4j.benchmarks;

import io.github.deqa4j.metric.EvaluatedImage;
import io.github.deqa4j.metric.EvaluationReport;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.EvaluationSettings;
import io.github.deqa4j.metric.EvaluationTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Time to evaluate seeded predictions with intervals for every metric: {@code EvaluationTiming PICTURES RESAMPLES THREADS}.
 * The predictions are bent against the logistic curve, whose fit then has a flat valley: the slowest case.
 */
public final class EvaluationTiming {
    private static final double NANOS = 1e9;

    private EvaluationTiming() {}

    public static void main(String[] args) {
        EvaluationSet set = set(Integer.parseInt(args[0]));
        EvaluationSettings settings = EvaluationSettings.standard()
                .withResamples(Integer.parseInt(args[1]))
                .withThreads(Integer.parseInt(args[2]));
        long start = System.nanoTime();
        EvaluationReport report =
                EvaluationTable.of(List.of(set), settings).reports().get(0);
        System.out.printf(
                Locale.ROOT,
                "%d images, %d resamples, %d threads: %.1f s%n",
                set.size(),
                settings.resamples(),
                settings.threads(),
                (System.nanoTime() - start) / NANOS);
        report.estimates().forEach((metric, estimate) -> System.out.println(metric + " " + estimate));
    }

    /** Ratings of KonIQ's kind: most images fair to good, predictions bent and noisy, both with a spread. */
    private static EvaluationSet set(int size) {
        Random random = new Random(1);
        List<EvaluatedImage> images = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double truth = scale(3.3 + 0.7 * random.nextGaussian());
            double predicted = scale(1 + 4 / (1 + Math.exp(-(truth - 3) * 1.2)) + 0.25 * random.nextGaussian());
            images.add(new EvaluatedImage(
                    "p" + i,
                    "p" + i,
                    predicted,
                    0.5 + 0.4 * random.nextDouble(),
                    truth,
                    0.4 + 0.4 * random.nextDouble()));
        }
        return new EvaluationSet("seeded", images);
    }

    private static double scale(double score) {
        return Math.min(5, Math.max(1, score));
    }
}
