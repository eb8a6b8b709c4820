package io.github.deqa4j.metric;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Whether the predicted spread is the spread of people's ratings.
 *
 * @param bins images grouped by predicted std, ascending
 * @param coverage how many ratings fall where the prediction says, from narrow to wide
 * @param all the intervals of all images
 * @param constant the same if every image were predicted with the mean std: what the predicted stds are to be compared with
 * @param thirds the intervals of the third of the images with the least predicted std, of the middle and of the greatest;
 *     empty for fewer than three images
 */
public record SpreadCalibration(
        List<Bin> bins,
        List<Coverage> coverage,
        GroupCoverage all,
        GroupCoverage constant,
        List<GroupCoverage> thirds) {
    /** The shares of the ratings that the intervals of {@link GroupCoverage} should cover. */
    public static final List<Double> SHARES = List.of(0.5, 0.8, 0.95);

    private static final int THIRDS = 3;

    private static final int MOST_BINS = 12;
    private static final int FEWEST_IMAGES = 5;
    private static final int COVERAGE_STEPS = 20;

    /** Lists that do not change. */
    public SpreadCalibration {
        bins = List.copyOf(bins);
        coverage = List.copyOf(coverage);
        thirds = List.copyOf(thirds);
    }

    /**
     * Images of like predicted std.
     *
     * @param images how many
     * @param predicted mean predicted std
     * @param actual mean std of their ratings
     */
    public record Bin(int images, double predicted, double actual) {}

    /**
     * The central interval of the predicted Gaussian.
     *
     * @param nominal share of the ratings it should hold, in (0, 1)
     * @param actual mean share it holds of the Gaussians of people's ratings
     */
    public record Coverage(double nominal, double actual) {}

    /**
     * The shares of ratings that the central intervals of a group of images cover.
     *
     * @param spread how many images, and their stds
     * @param shares of the ratings, where {@link #SHARES} should be covered
     */
    public record GroupCoverage(Bin spread, List<Double> shares) {
        /** Shares that do not change. */
        public GroupCoverage {
            shares = List.copyOf(shares);
        }
    }

    /** Looks at a data set whose true std is known. */
    public static SpreadCalibration of(EvaluationSet set) {
        List<EvaluatedImage> sorted = set.images().stream()
                .sorted(Comparator.comparingDouble(EvaluatedImage::predictedStd))
                .toList();
        double mean = bin(sorted).predicted();
        return new SpreadCalibration(
                parts(sorted, Math.max(1, Math.min(MOST_BINS, sorted.size() / FEWEST_IMAGES))).stream()
                        .map(SpreadCalibration::bin)
                        .toList(),
                IntStream.range(1, COVERAGE_STEPS)
                        .mapToDouble(i -> (double) i / COVERAGE_STEPS)
                        .mapToObj(
                                nominal -> new Coverage(nominal, share(sorted, nominal, EvaluatedImage::predictedStd)))
                        .toList(),
                group(sorted, EvaluatedImage::predictedStd),
                group(sorted, image -> mean),
                sorted.size() < THIRDS
                        ? List.of()
                        : parts(sorted, THIRDS).stream()
                                .map(part -> group(part, EvaluatedImage::predictedStd))
                                .toList());
    }

    private static GroupCoverage group(List<EvaluatedImage> images, ToDoubleFunction<EvaluatedImage> std) {
        return new GroupCoverage(
                bin(images),
                SHARES.stream().map(nominal -> share(images, nominal, std)).toList());
    }

    /** Parts of equal size, but for one. */
    private static List<List<EvaluatedImage>> parts(List<EvaluatedImage> sorted, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> sorted.subList(place(i, count, sorted.size()), place(i + 1, count, sorted.size())))
                .toList();
    }

    private static int place(int bin, int bins, int images) {
        return (int) ((long) bin * images / bins);
    }

    private static Bin bin(List<EvaluatedImage> images) {
        return new Bin(
                images.size(),
                images.stream()
                        .mapToDouble(EvaluatedImage::predictedStd)
                        .average()
                        .orElseThrow(),
                images.stream().mapToDouble(EvaluatedImage::truthStd).average().orElseThrow());
    }

    /** The mean share of the ratings in the central interval that should hold a nominal one. */
    private static double share(List<EvaluatedImage> images, double nominal, ToDoubleFunction<EvaluatedImage> std) {
        NormalDistribution normal = new NormalDistribution();
        double z = normal.inverseCumulativeProbability((1 + nominal) / 2);
        return images.stream()
                .mapToDouble(image -> covered(image, z * std.applyAsDouble(image), normal))
                .average()
                .orElseThrow();
    }

    /** The share of an image's ratings within a distance of the predicted score. */
    private static double covered(EvaluatedImage image, double half, NormalDistribution normal) {
        double offset = image.predicted() - image.truth();
        if (image.truthStd() == 0) {
            return Math.abs(offset) <= half ? 1 : 0;
        }
        return normal.probability((offset - half) / image.truthStd(), (offset + half) / image.truthStd());
    }
}
