package io.github.deqa4j.benchmarks;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.label.LabelMethod;
import io.github.deqa4j.label.LabelSettings;
import io.github.deqa4j.label.LabelType;
import io.github.deqa4j.label.SoftLabel;
import java.util.List;
import java.util.function.Function;

/**
 * A way of making labels, and what has been published of it for KonIQ.
 *
 * @param name as the table calls it
 * @param settings how its labels are made
 * @param label which part of a label is looked at
 * @param publishedMean published mean absolute error of the mean
 * @param publishedStd published mean absolute error of the std
 * @param publishedWasserstein published mean Wasserstein distance
 */
record LabelCandidate(
        String name,
        LabelSettings settings,
        Function<SoftLabel, LevelValues> label,
        String publishedMean,
        String publishedStd,
        String publishedWasserstein) {
    private static final LabelSettings RELEASED = LabelSettings.released();
    private static final LabelSettings NO_FALLBACK = RELEASED.withFallback(0, Double.POSITIVE_INFINITY);

    static List<LabelCandidate> all() {
        return List.of(
                of("one-hot", RELEASED.withType(LabelType.ONE_HOT), ".302–.303", "", ""),
                of("two-level", RELEASED.withType(LabelType.TWO_LEVEL), "", "", ""),
                new LabelCandidate("pdf, raw", NO_FALLBACK, LabelCandidate::raw, ".063", "", ""),
                of("pdf, adjusted", NO_FALLBACK, ".0082", ".0366", ".0383"),
                of("pdf, adjusted, with fallback (released)", RELEASED, ".0072", ".0380", ".0393"),
                of("the same, renormalized", RELEASED.withRenormalize(true), "", "", ""),
                new LabelCandidate(
                        "cdf, raw", NO_FALLBACK.withMethod(LabelMethod.CDF), LabelCandidate::raw, ".092", "", ""),
                of("cdf, adjusted", NO_FALLBACK.withMethod(LabelMethod.CDF), ".0116", "", ""),
                of("cdf, adjusted, with fallback", RELEASED.withMethod(LabelMethod.CDF), "", "", ""),
                of("moment-matched (ours)", RELEASED.withMethod(LabelMethod.MOMENT_MATCHED), "", "", ""));
    }

    private static LevelValues raw(SoftLabel label) {
        return label.raw().orElseThrow();
    }

    private static LabelCandidate of(String name, LabelSettings settings, String mean, String std, String wasserstein) {
        return new LabelCandidate(name, settings, SoftLabel::probabilities, mean, std, wasserstein);
    }
}
