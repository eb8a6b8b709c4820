package io.github.deqa4j.label;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.metric.DistributionGap;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.hipparchus.stat.descriptive.DescriptiveStatistics;

/**
 * How well labels keep mean and std of the opinions, in levels. Labels are measured as they are, not divided by their mass.
 *
 * @param images how many labels
 * @param correlations of the labels' means with the opinions'
 * @param errors of mean and std
 * @param distances between label and opinion as Gaussians
 * @param adjustment the linear adjustments; absent where no label is adjusted
 * @param overweight labels whose mass is above 1 by more than 1e-9
 * @param kinds how many labels came from which rule
 */
public record LabelSummary(
        int images,
        Correlations correlations,
        MomentErrors errors,
        Distances distances,
        Optional<Adjustments> adjustment,
        int overweight,
        Map<SoftLabel.Kind, Integer> kinds) {
    private static final double MASS_TOLERANCE = 1e-9;

    public LabelSummary {
        kinds = Map.copyOf(kinds);
    }

    /**
     * Correlations of the labels' means with the opinions'; not a number where all are equal.
     *
     * @param srcc rank correlation
     * @param plcc linear correlation
     */
    public record Correlations(double srcc, double plcc) {}

    /**
     * Errors of the labels' moments.
     *
     * @param rawMean errors of the mean before adjustment; absent where there is no density
     * @param mean errors of the mean
     * @param std errors of the std; absent where the opinions have none
     */
    public record MomentErrors(Optional<Errors> rawMean, Errors mean, Optional<Errors> std) {}

    /**
     * Distances between label and opinion as Gaussians.
     *
     * @param wasserstein mean of √(Δμ² + Δσ²); absent without a std
     * @param js mean Jensen-Shannon divergence, over images whose std is not 0; absent without such
     */
    public record Distances(OptionalDouble wasserstein, OptionalDouble js) {}

    /**
     * Parameters of the linear adjustments.
     *
     * @param alpha the slope, 1 for labels that the fallback replaced
     * @param beta the offset, 0 for replaced labels
     */
    public record Adjustments(Spread alpha, Spread beta) {}

    /**
     * The size of errors, in levels.
     *
     * @param mae mean absolute error
     * @param rmse root of the mean squared error
     */
    public record Errors(double mae, double rmse) {
        /** Sums up errors, of which there is at least one. */
        static Errors of(double[] errors) {
            return new Errors(
                    Arrays.stream(errors).map(Math::abs).average().orElseThrow(),
                    Math.sqrt(Arrays.stream(errors).map(e -> e * e).average().orElseThrow()));
        }
    }

    /**
     * Mean and population standard deviation of a number.
     *
     * @param mean its mean
     * @param std its standard deviation
     */
    public record Spread(double mean, double std) {}

    /** Sums up labels, of which there is at least one. */
    public static LabelSummary of(Collection<SoftLabel> all) {
        List<SoftLabel> labels = List.copyOf(all);
        List<SoftLabel> spread =
                labels.stream().filter(l -> l.std().isPresent()).toList();
        List<SoftLabel> dense = labels.stream().filter(l -> l.raw().isPresent()).toList();
        List<SoftLabel> adjusted =
                labels.stream().filter(l -> l.adjustment().isPresent()).toList();
        return new LabelSummary(
                labels.size(),
                correlations(labels),
                new MomentErrors(
                        errors(dense, l -> l.raw().orElseThrow().mean() - l.mean()),
                        errors(labels, LabelSummary::meanError).orElseThrow(),
                        errors(spread, LabelSummary::stdError)),
                new Distances(
                        average(spread, l -> Math.hypot(meanError(l), stdError(l))),
                        average(
                                spread.stream()
                                        .filter(l -> l.std().orElseThrow() > 0)
                                        .toList(),
                                LabelSummary::js)),
                adjusted.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Adjustments(
                                spread(adjusted, l -> line(l).alpha()), spread(adjusted, l -> line(l).beta()))),
                (int) labels.stream()
                        .filter(l -> l.probabilities().mass() > 1 + MASS_TOLERANCE)
                        .count(),
                kinds(labels));
    }

    private static Correlations correlations(List<SoftLabel> labels) {
        if (labels.size() < 2) {
            return new Correlations(Double.NaN, Double.NaN);
        }
        double[] means = values(labels, SoftLabel::mean);
        double[] got = values(labels, l -> l.probabilities().mean());
        return new Correlations(
                new SpearmansCorrelation().correlation(got, means), new PearsonsCorrelation().correlation(got, means));
    }

    /** How many labels came from a rule. */
    public int count(SoftLabel.Kind kind) {
        return kinds.getOrDefault(kind, 0);
    }

    private static double meanError(SoftLabel label) {
        return label.probabilities().mean() - label.mean();
    }

    private static double stdError(SoftLabel label) {
        return label.probabilities().std() - label.std().orElseThrow();
    }

    private static double js(SoftLabel label) {
        LevelValues p = label.probabilities();
        return DistributionGap.of(p.mean(), p.std(), label.mean(), label.std().orElseThrow())
                .js();
    }

    private static LinearAdjustment line(SoftLabel label) {
        return label.kind() == SoftLabel.Kind.FALLBACK
                ? LinearAdjustment.NONE
                : label.adjustment().orElseThrow();
    }

    private static double[] values(List<SoftLabel> labels, ToDoubleFunction<SoftLabel> value) {
        return labels.stream().mapToDouble(value).toArray();
    }

    private static Optional<Errors> errors(List<SoftLabel> labels, ToDoubleFunction<SoftLabel> error) {
        return labels.isEmpty() ? Optional.empty() : Optional.of(Errors.of(values(labels, error)));
    }

    private static OptionalDouble average(List<SoftLabel> labels, ToDoubleFunction<SoftLabel> value) {
        return labels.stream().mapToDouble(value).average();
    }

    private static Spread spread(List<SoftLabel> labels, ToDoubleFunction<SoftLabel> value) {
        DescriptiveStatistics statistics = new DescriptiveStatistics(values(labels, value));
        return new Spread(statistics.getMean(), Math.sqrt(statistics.getPopulationVariance()));
    }

    private static Map<SoftLabel.Kind, Integer> kinds(List<SoftLabel> labels) {
        Map<SoftLabel.Kind, Integer> kinds = new EnumMap<>(SoftLabel.Kind.class);
        labels.forEach(label -> kinds.merge(label.kind(), 1, Integer::sum));
        return kinds;
    }
}
