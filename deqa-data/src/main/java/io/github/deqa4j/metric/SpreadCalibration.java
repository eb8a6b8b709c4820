package io.github.deqa4j.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Whether the predicted spread is the spread of people's ratings.
 *
 * @param bins pictures grouped by predicted std, ascending
 * @param coverage how many ratings fall where the prediction says, from narrow to wide
 */
public record SpreadCalibration(List<Bin> bins, List<Coverage> coverage) {
    private static final int MOST_BINS = 12;
    private static final int FEWEST_PICTURES = 5;
    private static final int COVERAGE_STEPS = 20;

    /** Lists that do not change. */
    public SpreadCalibration {
        bins = List.copyOf(bins);
        coverage = List.copyOf(coverage);
    }

    /**
     * Pictures of like predicted std.
     *
     * @param pictures how many
     * @param predicted mean predicted std
     * @param actual mean std of their ratings
     */
    public record Bin(int pictures, double predicted, double actual) {}

    /**
     * The central interval of the predicted Gaussian.
     *
     * @param nominal share of the ratings it should hold, in (0, 1)
     * @param actual mean share it holds of the Gaussians of people's ratings
     */
    public record Coverage(double nominal, double actual) {}

    /** Looks at a data set whose true std is known. */
    public static SpreadCalibration of(EvaluationSet set) {
        List<Coverage> coverage = new ArrayList<>();
        for (int i = 1; i < COVERAGE_STEPS; i++) {
            coverage.add(coverage(set, (double) i / COVERAGE_STEPS));
        }
        return new SpreadCalibration(bins(set), coverage);
    }

    private static List<Bin> bins(EvaluationSet set) {
        List<EvaluatedPicture> sorted = set.pictures().stream()
                .sorted(Comparator.comparingDouble(EvaluatedPicture::predictedStd))
                .toList();
        int count = Math.max(1, Math.min(MOST_BINS, sorted.size() / FEWEST_PICTURES));
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bins.add(bin(sorted.subList(place(i, count, sorted.size()), place(i + 1, count, sorted.size()))));
        }
        return bins;
    }

    private static int place(int bin, int bins, int pictures) {
        return (int) ((long) bin * pictures / bins);
    }

    private static Bin bin(List<EvaluatedPicture> pictures) {
        return new Bin(
                pictures.size(),
                pictures.stream()
                        .mapToDouble(EvaluatedPicture::predictedStd)
                        .average()
                        .orElseThrow(),
                pictures.stream()
                        .mapToDouble(EvaluatedPicture::truthStd)
                        .average()
                        .orElseThrow());
    }

    private static Coverage coverage(EvaluationSet set, double nominal) {
        NormalDistribution normal = new NormalDistribution();
        double z = normal.inverseCumulativeProbability((1 + nominal) / 2);
        return new Coverage(
                nominal,
                set.pictures().stream()
                        .mapToDouble(picture -> held(picture, z, normal))
                        .average()
                        .orElseThrow());
    }

    /** The share of a picture's ratings within z predicted spreads of the predicted score. */
    private static double held(EvaluatedPicture picture, double z, NormalDistribution normal) {
        double half = z * picture.predictedStd();
        double offset = picture.predicted() - picture.truth();
        if (picture.truthStd() == 0) {
            return Math.abs(offset) <= half ? 1 : 0;
        }
        return normal.probability((offset - half) / picture.truthStd(), (offset + half) / picture.truthStd());
    }
}
