package io.github.deqa4j.cli;

import io.github.deqa4j.label.LabelSummary;
import io.github.deqa4j.label.SoftLabel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A {@link LabelSummary} in words; what there is no figure for is left out. */
final class LabelSummaryText {
    private LabelSummaryText() {}

    static String of(LabelSummary summary) {
        return line("images", summary.images() + " (" + kinds(summary) + ")") + "\n"
                + row(
                        "SRCC, PLCC",
                        figure(summary.correlations().srcc()) + "  "
                                + figure(summary.correlations().plcc()))
                + errors("raw mean error", summary.errors().rawMean())
                + errors("mean error", Optional.of(summary.errors().mean()))
                + errors("std error", summary.errors().std())
                + figure("Wasserstein", summary.distances().wasserstein())
                + figure("JS divergence", summary.distances().js())
                + spread("alpha", summary.adjustment().map(LabelSummary.Adjustments::alpha))
                + spread("beta", summary.adjustment().map(LabelSummary.Adjustments::beta))
                + row("mass above 1", summary.overweight() + " labels");
    }

    /** A name and what it has, without a newline. */
    static String line(String what, String value) {
        return String.format(Locale.ROOT, "%-15s %s", what, value);
    }

    private static String row(String what, String value) {
        return line(what, value) + "\n";
    }

    private static String kinds(LabelSummary summary) {
        return Arrays.stream(SoftLabel.Kind.values())
                .filter(kind -> summary.count(kind) > 0)
                .map(kind -> words(kind) + " " + summary.count(kind))
                .collect(Collectors.joining(", "));
    }

    private static String words(SoftLabel.Kind kind) {
        return switch (kind) {
            case ADJUSTED -> "adjusted";
            case FALLBACK -> "two-level fallback";
            case MATCHED -> "mean and std matched";
            case STD_TOO_SMALL -> "not feasible, std too small for the levels";
            case STD_TOO_LARGE -> "not feasible, std too large for the levels";
            case TWO_LEVEL -> "two-level";
            case ONE_HOT -> "one-hot";
        };
    }

    private static String errors(String what, Optional<LabelSummary.Errors> errors) {
        return errors.map(e -> row(what, "L1 " + figure(e.mae()) + "  RMSE " + figure(e.rmse())))
                .orElse("");
    }

    private static String figure(String what, OptionalDouble value) {
        return value.isPresent() ? row(what, figure(value.getAsDouble())) : "";
    }

    private static String spread(String what, Optional<LabelSummary.Spread> spread) {
        return spread.map(s -> row(what, figure(s.mean()) + " ± " + figure(s.std())))
                .orElse("");
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "not defined" : String.format(Locale.ROOT, "%.6f", value);
    }
}
