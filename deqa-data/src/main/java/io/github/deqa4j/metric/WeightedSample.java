package io.github.deqa4j.metric;

import io.github.deqa4j.metric.SufficientStatistics.PairCounts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A data set, sorted once, of which any resample's statistics follow from how often each image was drawn.
 *
 * <p>Everything is kept in the order of the predictions. It is immutable and may be shared; each thread takes its own
 * {@link Workspace}.
 */
final class WeightedSample {
    private final int[] image;
    private final double[] x;
    private final double[] y;
    private final int[] byPrediction;
    private final int[] byTruth;
    private final int[] truthRank;
    private final List<DistributionGap> gaps;
    private final Resampling resampling;
    private final Optional<LogisticCurve> curve;
    private final Optional<LogisticFit> fit;
    private final Optional<LogisticSearch> refit;

    /** Sorts the images and fits the curve, where one is asked for and can be fitted. */
    WeightedSample(EvaluationSet set, Optional<LogisticCurve> curve) {
        this.curve = curve;
        resampling = Resampling.of(set);
        double[] predicted = set.values(EvaluatedImage::predicted);
        image = order(predicted);
        x = gather(predicted, image);
        y = gather(set.values(EvaluatedImage::truth), image);
        byPrediction = IntStream.range(0, x.length).toArray();
        byTruth = order(y);
        truthRank = denseRanks(y, byTruth);
        gaps = set.hasTruthStd()
                ? set.images().stream().map(WeightedSample::gap).toList()
                : List.of();
        Optional<LogisticSearch> search = curve.flatMap(kind -> LogisticSearch.of(kind, x, y));
        fit = search.flatMap(LogisticSearch::fit);
        refit = fit.flatMap(curveOfAll -> search).map(LogisticSearch::quick);
    }

    int size() {
        return x.length;
    }

    Resampling resampling() {
        return resampling;
    }

    Optional<LogisticFit> fit() {
        return fit;
    }

    /** Why the figures after the curve are not there or not to be trusted; empty where they are, or no curve is asked for. */
    List<String> warnings(String name, SufficientStatistics statistics) {
        return fit.map(found -> FitWarnings.of(name, found.value(x[size() - 1]) < found.value(x[0]), statistics))
                .or(() -> curve.map(kind -> List.of(FitWarnings.unfitted(name, kind, size()))))
                .orElse(List.of());
    }

    /** The metrics that are defined for this data set. */
    List<Metric> metrics() {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.applies(fit.isPresent(), !gaps.isEmpty()))
                .toList();
    }

    Workspace workspace() {
        return new Workspace();
    }

    /** The statistics of the whole data set. */
    SufficientStatistics statistics() {
        int[] once = new int[size()];
        Arrays.fill(once, 1);
        return workspace().statistics(once);
    }

    /** What one thread writes to. */
    final class Workspace {
        private final int[] weights = new int[size()];
        private final double[] rankX = new double[size()];
        private final double[] rankY = new double[size()];
        private final double[] fitted = new double[size()];
        private final double[] rankFitted = new double[size()];
        private final Integer[] boxedOrder = new Integer[size()];
        private final int[] fittedOrder = new int[size()];
        private final PairCounter pairs = new PairCounter(x, truthRank, truthRank[byTruth[size() - 1]]);
        private final Optional<LogisticSearch> ownRefit = refit.map(LogisticSearch::copy);

        /**
         * The statistics of a resample.
         *
         * @param counts how often each image counts, in the order of the data set
         */
        SufficientStatistics statistics(int[] counts) {
            double n = 0;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = counts[image[i]];
                n += weights[i];
            }
            double tiedX = MidRanks.fill(x, byPrediction, weights, rankX);
            double tiedY = MidRanks.fill(y, byTruth, weights, rankY);
            return new SufficientStatistics(
                    n,
                    SecondMoments.of(x, y, weights),
                    SecondMoments.of(rankX, rankY, weights),
                    new PairCounts(n * (n - 1) / 2, tiedX, tiedY, pairs.surplus(weights)),
                    squaredError(x),
                    ownRefit.map(this::fitted).orElse(SufficientStatistics.Fitted.UNDEFINED),
                    sum(gaps, counts));
        }

        private SufficientStatistics.Fitted fitted(LogisticSearch curve) {
            curve.fit(weights, fitted);
            sortFitted();
            MidRanks.fill(fitted, fittedOrder, weights, rankFitted);
            return new SufficientStatistics.Fitted(
                    SecondMoments.of(fitted, y, weights),
                    SecondMoments.of(rankFitted, rankY, weights),
                    squaredError(fitted));
        }

        /** The curve has at most two bends, so the library's sort, which merges runs, needs linear time. */
        private void sortFitted() {
            Arrays.setAll(boxedOrder, i -> i);
            Arrays.sort(boxedOrder, Comparator.comparingDouble(i -> fitted[i]));
            for (int i = 0; i < fittedOrder.length; i++) {
                fittedOrder[i] = boxedOrder[i];
            }
        }

        private double squaredError(double[] scores) {
            double sum = 0;
            for (int i = 0; i < scores.length; i++) {
                double error = scores[i] - y[i];
                sum += weights[i] * error * error;
            }
            return sum;
        }
    }

    private static DistributionGap sum(List<DistributionGap> gaps, int[] counts) {
        double kl = 0;
        double js = 0;
        double wasserstein = 0;
        for (int i = 0; i < gaps.size(); i++) {
            DistributionGap gap = gaps.get(i);
            kl += counts[i] * gap.kl();
            js += counts[i] * gap.js();
            wasserstein += counts[i] * gap.wasserstein();
        }
        return new DistributionGap(kl, js, wasserstein);
    }

    private static DistributionGap gap(EvaluatedImage image) {
        return DistributionGap.of(image.predicted(), image.predictedStd(), image.truth(), image.truthStd());
    }

    private static int[] order(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] gather(double[] values, int[] order) {
        return IntStream.of(order).mapToDouble(i -> values[i]).toArray();
    }

    private static int[] denseRanks(double[] values, int[] order) {
        int[] ranks = new int[values.length];
        int rank = 0;
        for (int i = 0; i < order.length; i++) {
            if (i == 0 || values[order[i]] != values[order[i - 1]]) {
                rank++;
            }
            ranks[order[i]] = rank;
        }
        return ranks;
    }
}
