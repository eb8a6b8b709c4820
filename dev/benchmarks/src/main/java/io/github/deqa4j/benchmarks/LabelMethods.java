package io.github.deqa4j.benchmarks;

import io.github.deqa4j.benchmarks.LabelErrors.Labeled;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.label.MosScale;
import io.github.deqa4j.label.SoftLabel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Measures ways of making labels on KonIQ's real rating histograms and writes what it found:
 * {@code LabelMethods koniq10k_distributions_sets.csv docs/label-methods.md}.
 */
public final class LabelMethods {
    /** The scale on which raters answered. */
    private static final MosScale GRADES = new MosScale(1, 5);

    private LabelMethods() {}

    public static void main(String[] args) throws IOException {
        List<RatedImage> images = RatedImage.readAll(Path.of(args[0]));
        MosScale stretched =
                MosScale.of(images.stream().map(RatedImage::opinion).toList());
        AtomicFile.write(Path.of(args[1]), document(images, stretched));
    }

    private static String document(List<RatedImage> images, MosScale stretched) {
        List<LabelCandidate> candidates = LabelCandidate.all();
        LabelCandidate matched = candidates.get(candidates.size() - 1);
        return text("""
                        # How well labels keep what raters said

                        Written by `dev/benchmarks`, class `LabelMethods`, from the histograms of all %,d images of KonIQ-10k.
                        Mean and std of an image come from its file (Σ i·cᵢ and SD); labels are made from these two alone.

                        ## Mean, spread and distance on the scale of levels

                        The data set's range, %.3f to %.3f, is stretched to [1, 5], as training does. Figures are means of absolute errors, in
                        levels; W = √(Δμ² + Δσ²). Labels are measured as they are, not divided by their mass. Beside each, the
                        published figure where there is one. The last column counts labels that a fallback replaced.

                        | labels | mean | published | std | published | W | published | two-level fallbacks |
                        |---|---:|---:|---:|---:|---:|---:|---:|
                        """, images.size(), stretched.min(), stretched.max())
                + rows(candidates, c -> errorRow(c, LabelErrors.of(images, stretched, c)))
                + feasibility(LabelErrors.of(images, stretched, matched))
                + text("""

                        ## Distance to the real histograms

                        A stretched label cannot be laid over a histogram, so here labels are made on the raters' own scale, from 1 to 5.
                        KL is KL(histogram ‖ label) in nats, the label divided by its mass and mixed with %.1f %% of the uniform
                        distribution; without that it would be infinite for the images counted beside it, where raters chose a level
                        that the label rules out. EMD is the earth mover's distance in levels.

                        | labels | KL | infinite for | EMD |
                        |---|---:|---:|---:|
                        """, 100 * LabelErrors.UNIFORM_SHARE)
                + rows(candidates, c -> truthRow(c, LabelErrors.of(images, GRADES, c)))
                + feasibility(LabelErrors.of(images, GRADES, matched));
    }

    private static String rows(List<LabelCandidate> candidates, Function<LabelCandidate, String> row) {
        return candidates.stream().map(row).collect(Collectors.joining());
    }

    private static String errorRow(LabelCandidate candidate, LabelErrors errors) {
        return text(
                "| %s | %s | %s | %s | %s | %s | %s | %d |%n",
                candidate.name(),
                error(errors.average(Labeled::meanError)),
                candidate.publishedMean(),
                error(errors.average(Labeled::stdError)),
                candidate.publishedStd(),
                error(errors.average(Labeled::wasserstein)),
                candidate.publishedWasserstein(),
                errors.count(SoftLabel.Kind.FALLBACK));
    }

    private static String truthRow(LabelCandidate candidate, LabelErrors errors) {
        long infinite = errors.labels().stream().filter(Labeled::excludesTruth).count();
        return text(
                "| %s | %.4f | %,d | %.4f |%n",
                candidate.name(), errors.average(Labeled::kl), infinite, errors.average(Labeled::emd));
    }

    private static String feasibility(LabelErrors errors) {
        long small = errors.count(SoftLabel.Kind.STD_TOO_SMALL);
        long large = errors.count(SoftLabel.Kind.STD_TOO_LARGE);
        String exact = text(
                "the greatest error of the mean is %.0e, of the std %.0e.%n",
                errors.worst(Labeled::meanError), errors.worst(Labeled::stdError));
        if (small + large == 0) {
            return "\nMoment matching is feasible for every image; " + exact;
        }
        return text("""

                        Moment matching is feasible for all but %d images: for %d the std is below the least that their mean allows on
                        five levels, for %d above the greatest. These keep their mean and get the nearest std. Of all others,
                        """, small + large, small, large) + exact;
    }

    private static String error(double value) {
        return value < 1e-4 ? text("%.0e", value) : text("%.4f", value);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
