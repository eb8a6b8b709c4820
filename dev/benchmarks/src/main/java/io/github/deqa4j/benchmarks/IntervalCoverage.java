package io.github.deqa4j.benchmarks;

import io.github.deqa4j.metric.Estimate.Interval;
import io.github.deqa4j.metric.EvaluatedImage;
import io.github.deqa4j.metric.EvaluationReport;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.EvaluationSettings;
import io.github.deqa4j.metric.EvaluationTable;
import io.github.deqa4j.metric.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * How often 95 % intervals hold the figure that they are for, {@code IntervalCoverage SETS}: data sets are drawn whose
 * predictions err alike on all images of a reference, and the figure is that of a data set of very many references. It also
 * tells by how much RMSE after a fit, which is taken of the images that the curve was fitted to, lies below that of
 * other images.
 */
public final class IntervalCoverage {
    private static final int IMAGES = 100;
    private static final int MANY = 2000;
    private static final int RESAMPLES = 200;
    private static final double ERROR_OF_REFERENCE = 0.3;
    private static final double ERROR_OF_IMAGE = 0.3;
    private static final List<Metric> METRICS = List.of(Metric.SRCC, Metric.PLCC, Metric.RMSE);

    private IntervalCoverage() {}

    public static void main(String[] args) {
        int sets = Integer.parseInt(args[0]);
        EvaluationSettings settings =
                EvaluationSettings.standard().withCurve(Optional.empty()).withResamples(RESAMPLES);
        EvaluationReport truth = report(set(0, MANY, IMAGES), settings.withResamples(0));
        for (int references : new int[] {10, 25, 80}) {
            int[][] held = new int[2][METRICS.size()];
            for (int seed = 1; seed <= sets; seed++) {
                EvaluationSet grouped = set(seed, references, IMAGES);
                count(report(new EvaluationSet("set", grouped.images()), settings), truth, held[0]);
                count(report(grouped, settings), truth, held[1]);
            }
            System.out.printf(Locale.ROOT, "%d references of %d images%n", references, IMAGES);
            print("images drawn", held[0], sets);
            print("references drawn", held[1], sets);
        }
        for (int images : new int[] {10, 20, 50, 200}) {
            printOptimism(images, sets);
        }
    }

    /** Images of references: truths differ by reference and by distortion, predictions err by reference and by image. */
    private static EvaluationSet set(long seed, int references, int images) {
        Random random = new Random(seed);
        List<EvaluatedImage> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int reference = 0; reference < references; reference++) {
            double quality = 0.3 * random.nextGaussian();
            double error = ERROR_OF_REFERENCE * random.nextGaussian();
            for (int i = 0; i < images; i++) {
                double truth = level(1.5 + 3 * random.nextDouble() + quality);
                double predicted = level(truth + error + ERROR_OF_IMAGE * random.nextGaussian());
                all.add(new EvaluatedImage("p" + all.size(), "p" + all.size(), predicted, 0.5, truth, Double.NaN));
                names.add("r" + reference);
            }
        }
        return new EvaluationSet("set", all, names, Optional.empty());
    }

    private static double level(double score) {
        return Math.min(5, Math.max(1, score));
    }

    private static EvaluationReport report(EvaluationSet set, EvaluationSettings settings) {
        return EvaluationTable.of(List.of(set), settings).reports().get(0);
    }

    private static void count(EvaluationReport report, EvaluationReport truth, int[] held) {
        for (int i = 0; i < held.length; i++) {
            Interval interval =
                    report.estimate(METRICS.get(i)).orElseThrow().interval().orElseThrow();
            double value = truth.estimate(METRICS.get(i)).orElseThrow().value();
            held[i] += interval.low() <= value && value <= interval.high() ? 1 : 0;
        }
    }

    private static void print(String what, int[] held, int sets) {
        StringBuilder line = new StringBuilder("  " + what + ", held");
        for (int i = 0; i < held.length; i++) {
            line.append(String.format(Locale.ROOT, "  %s %.2f", METRICS.get(i).label(), (double) held[i] / sets));
        }
        System.out.println(line);
    }

    /** The curve's error on the images it was fitted to, and on others of the same kind. */
    private static void printOptimism(int images, int sets) {
        EvaluationSettings settings = EvaluationSettings.standard().withResamples(0);
        EvaluationSet others = set(0, MANY, 1);
        double[] own = new double[sets];
        double[] other = new double[sets];
        for (int seed = 1; seed <= sets; seed++) {
            EvaluationReport report = report(set(seed, images, 1), settings);
            own[seed - 1] = report.estimate(Metric.RMSE_FIT).orElseThrow().value();
            other[seed - 1] = Math.sqrt(others.images().stream()
                    .mapToDouble(
                            image -> image.truth() - report.fit().orElseThrow().value(image.predicted()))
                    .map(error -> error * error)
                    .average()
                    .orElseThrow());
        }
        System.out.printf(
                Locale.ROOT,
                "%d images, four parameters: median RMSE (fit) %.3f, on other images %.3f%n",
                images,
                median(own),
                median(other));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
