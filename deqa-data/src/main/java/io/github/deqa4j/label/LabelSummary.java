package io.github.deqa4j.label;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.metric.DistributionGap;
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
 * How well labels keep what the raters said, in levels. Labels are measured as they are, not divided by their mass.
 *
 * @param images how many labels
 * @param srcc rank correlation of the labels' means with the opinions'; not a number where all are equal
 * @param plcc linear correlation of the same
 * @param rawMean errors of the mean before adjustment; absent where there is no density
 * @param mean errors of the mean
 * @param std errors of the std; absent where the opinions have none
 * @param wasserstein mean distance √(Δμ² + Δσ²); absent without a std
 * @param js mean Jensen-Shannon divergence of the two as Gaussians, over images whose std is not 0; absent without
 * @param alpha of the linear adjustment, 1 for labels that the fallback replaced; absent without adjustment
 * @param beta likewise, 0 for replaced labels
 * @param overweight labels whose mass is above 1 by more than 1e-9
 * @param kinds how many labels came from which rule
 */
public record LabelSummary(
        int images,
        double srcc,
        double plcc,
        Optional<ErrorNorms> rawMean,
        ErrorNorms mean,
        Optional<ErrorNorms> std,
        OptionalDouble wasserstein,
        OptionalDouble js,
        Optional<Spread> alpha,
        Optional<Spread> beta,
        int overweight,
        Map<LabelKind, Integer> kinds) {
    private static final double MASS_TOLERANCE = 1e-9;

    public LabelSummary {
        kinds = Map.copyOf(kinds);
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
        double[] means = values(labels, SoftLabel::mean);
        double[] got = values(labels, l -> l.probabilities().mean());
        return new LabelSummary(
                labels.size(),
                labels.size() < 2 ? Double.NaN : new SpearmansCorrelation().correlation(got, means),
                labels.size() < 2 ? Double.NaN : new PearsonsCorrelation().correlation(got, means),
                norms(dense, l -> l.raw().orElseThrow().mean() - l.mean()),
                norms(labels, LabelSummary::meanError).orElseThrow(),
                norms(spread, LabelSummary::stdError),
                average(spread, l -> Math.hypot(meanError(l), stdError(l))),
                average(spread.stream().filter(l -> l.std().orElseThrow() > 0).toList(), LabelSummary::js),
                spread(adjusted, l -> line(l).alpha()),
                spread(adjusted, l -> line(l).beta()),
                (int) labels.stream()
                        .filter(l -> l.probabilities().mass() > 1 + MASS_TOLERANCE)
                        .count(),
                kinds(labels));
    }

    /** How many labels came from a rule. */
    public int count(LabelKind kind) {
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
        return label.kind() == LabelKind.FALLBACK
                ? LinearAdjustment.NONE
                : label.adjustment().orElseThrow();
    }

    private static double[] values(List<SoftLabel> labels, ToDoubleFunction<SoftLabel> value) {
        return labels.stream().mapToDouble(value).toArray();
    }

    private static Optional<ErrorNorms> norms(List<SoftLabel> labels, ToDoubleFunction<SoftLabel> error) {
        return labels.isEmpty() ? Optional.empty() : Optional.of(ErrorNorms.of(values(labels, error)));
    }

    private static OptionalDouble average(List<SoftLabel> labels, ToDoubleFunction<SoftLabel> value) {
        return labels.stream().mapToDouble(value).average();
    }

    private static Optional<Spread> spread(List<SoftLabel> labels, ToDoubleFunction<SoftLabel> value) {
        if (labels.isEmpty()) {
            return Optional.empty();
        }
        DescriptiveStatistics statistics = new DescriptiveStatistics(values(labels, value));
        return Optional.of(new Spread(statistics.getMean(), Math.sqrt(statistics.getPopulationVariance())));
    }

    private static Map<LabelKind, Integer> kinds(List<SoftLabel> labels) {
        Map<LabelKind, Integer> kinds = new EnumMap<>(LabelKind.class);
        labels.forEach(label -> kinds.merge(label.kind(), 1, Integer::sum));
        return kinds;
    }
}
