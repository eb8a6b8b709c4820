package io.github.deqa4j.metric;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Metrics of resamples: as many images, or references, as there are, drawn with replacement. A resample follows from the seed and its
 * number alone, so the values do not depend on the number of threads.
 */
final class Bootstrap {
    private final long[] seeds;
    private final int threads;

    Bootstrap(int resamples, long seed, int threads) {
        seeds = new SplittableRandom(seed).longs(resamples).toArray();
        this.threads = threads;
    }

    /**
     * Resamples data sets of the same images together, so that their values can be compared resample by resample.
     *
     * @param samples at least one; all of the same images and references
     * @return for each sample, each metric's values by resample; not a number where undefined
     */
    List<Map<Metric, double[]>> values(List<WeightedSample> samples) {
        List<Map<Metric, double[]>> values =
                samples.stream().map(sample -> unfilled()).toList();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<CompletableFuture<Void>> workers = IntStream.range(0, threads)
                    .mapToObj(first -> CompletableFuture.runAsync(() -> work(samples, first, values), pool))
                    .toList();
            workers.forEach(CompletableFuture::join);
        } finally {
            pool.shutdownNow();
        }
        return values;
    }

    private Map<Metric, double[]> unfilled() {
        Map<Metric, double[]> values = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            values.put(metric, new double[seeds.length]);
        }
        return Collections.unmodifiableMap(values);
    }

    /** Draws every resample that falls to one thread. */
    private void work(List<WeightedSample> samples, int first, List<Map<Metric, double[]>> values) {
        List<WeightedSample.Workspace> workspaces =
                samples.stream().map(WeightedSample::workspace).toList();
        Resampling resampling = samples.get(0).resampling();
        int[] counts = new int[samples.get(0).size()];
        for (int resample = first; resample < seeds.length; resample += threads) {
            resampling.draw(seeds[resample], counts);
            for (int sample = 0; sample < workspaces.size(); sample++) {
                SufficientStatistics statistics = workspaces.get(sample).statistics(counts);
                int place = resample;
                values.get(sample).forEach((metric, array) -> array[place] = metric.value(statistics));
            }
        }
    }
}
