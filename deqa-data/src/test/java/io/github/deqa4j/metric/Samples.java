package io.github.deqa4j.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small data sets to evaluate. */
final class Samples {
    private Samples() {}

    /** Predictions and truths without spreads of their own. */
    static EvaluationSet of(double[] predicted, double[] truth) {
        List<EvaluatedImage> images = new ArrayList<>();
        for (int i = 0; i < predicted.length; i++) {
            images.add(new EvaluatedImage("p" + i, "p" + i + ".png", predicted[i], 0.7, truth[i], Double.NaN));
        }
        return new EvaluationSet("set", images);
    }

    /** Seeded scores on a coarse grid, so that many are equal on either side and on both. */
    static EvaluationSet random(long seed, int size) {
        return random(seed, size, 0.3);
    }

    /** The same with a noise of so much on either side. */
    static EvaluationSet random(long seed, int size, double noise) {
        Random random = new Random(seed);
        List<EvaluatedImage> images = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double quality = 1.2 + 3.6 * random.nextDouble();
            double curved = 1 + 4 / (1 + Math.exp(-(quality - 3) * 1.7));
            images.add(new EvaluatedImage(
                    "p" + i,
                    "p" + i + ".png",
                    grid(quality + noise * random.nextGaussian()),
                    0.4 + random.nextDouble(),
                    grid(curved + noise * random.nextGaussian()),
                    0.4 + random.nextDouble()));
        }
        return new EvaluationSet("random " + seed, images);
    }

    /** The data set in which each image stands as often as it counts. */
    static EvaluationSet expanded(EvaluationSet set, int[] counts) {
        List<EvaluatedImage> images = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            for (int copy = 0; copy < counts[i]; copy++) {
                images.add(set.images().get(i));
            }
        }
        return new EvaluationSet(set.name(), images);
    }

    private static double grid(double score) {
        return Math.min(5, Math.max(1, Math.round(score * 20) / 20.0));
    }
}
