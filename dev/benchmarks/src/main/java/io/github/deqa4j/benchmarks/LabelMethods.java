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
                        # How well labels keep the ratings

                        `LabelMethods` of `dev/benchmarks` computes the tables of this page from the rating histograms of all %,d images of KonIQ-10k.
                        Mean and std of an image come from the data set's file (Σ i·cᵢ and SD). Labels are made from mean and std only.

                        ## Mean, std and distance on the scale of levels

                        The data set's range, %.3f to %.3f, is stretched to [1, 5], as for training. Figures are mean absolute errors in
                        levels; W = √(Δμ² + Δσ²). Labels are not divided by their sum. The columns "published" have the figures of the
                        paper, where it gives them. The last column counts labels that the two-level fallback replaced.

                        | labels | mean | published | std | published | W | published | two-level fallbacks |
                        |---|---:|---:|---:|---:|---:|---:|---:|
                        """, images.size(), stretched.min(), stretched.max())
                + rows(candidates, c -> errorRow(c, LabelErrors.of(images, stretched, c)))
                + feasibility(LabelErrors.of(images, stretched, matched))
                + text("""

                        ## Distance to the histograms

                        A label on the stretched scale cannot be compared with a histogram. For this table, labels are therefore made on the raters' own scale, 1 to 5.
                        KL is KL(histogram ‖ label) in nats. The label is divided by its sum and mixed with %.1f %% of the uniform
                        distribution. Without this mixing, KL would be infinite for the images counted in the column beside it: raters chose a level
                        to which the label gives no probability. EMD is the earth mover's distance in levels.

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

                        Moment matching is feasible for all but %d images. For %d the std is below the least that their mean allows on
                        five levels, for %d above the greatest. These labels keep the mean and get the nearest std. For all others,
                        """, small + large, small, large) + exact;
    }

    private static String error(double value) {
        return value < 1e-4 ? text("%.0e", value) : text("%.4f", value);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
