package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.metric.EvaluatedPicture;
import io.github.deqa4j.metric.EvaluationJoin;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.EvaluationSettings;
import io.github.deqa4j.metric.LogisticCurve;
import io.github.deqa4j.report.ReportFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that compares results with truths. */
final class EvaluationOptions {
    private static final String NO_FIT = "none";

    @Option(
            names = "--fit",
            paramLabel = "CURVE",
            defaultValue = "logistic4",
            description =
                    "logistic4, logistic5 or none: what the fitted figures pass through (default: ${DEFAULT-VALUE})")
    private String fit = "logistic4";

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            defaultValue = "1000",
            description = "resamples that intervals come from, 0 for none (default: ${DEFAULT-VALUE})")
    private int resamples = 1000;

    @Option(
            names = "--confidence",
            paramLabel = "SHARE",
            defaultValue = "0.95",
            description = "share of the resamples inside an interval (default: ${DEFAULT-VALUE})")
    private double confidence = 0.95;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "0",
            description = "what the resamples follow from (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--allow-missing",
            description = "leave out pictures that only one of the files has, instead of stopping")
    private boolean allowMissing;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, csv or latex (default: ${DEFAULT-VALUE})")
    private ReportFormat format = ReportFormat.TABLE;

    /**
     * The settings asked for.
     *
     * @throws CommandException with the status of wrong usage
     */
    EvaluationSettings settings() {
        try {
            return EvaluationSettings.standard()
                    .withCurve(curve())
                    .withResamples(resamples)
                    .withConfidence(confidence)
                    .withSeed(seed);
        } catch (DeqaException e) {
            throw CommandException.usage(e.getMessage());
        }
    }

    ReportFormat format() {
        return format;
    }

    /** Reads two files that belong together, and says what is left out. */
    EvaluationSet read(Terminal terminal, String name, Path results, Path truth) {
        EvaluationJoin join = EvaluationJoin.read(name, results, truth, allowMissing);
        if (join.leftOut() > 0) {
            terminal.err()
                    .println("deqa: " + results + ": " + join.leftOut()
                            + " pictures that only one of the files has are left out");
        }
        return join.set();
    }

    /** Says what a truth cannot be asked. */
    static void describe(Terminal terminal, Path truth, EvaluationSet set) {
        List<EvaluatedPicture> zero = set.pictures().stream()
                .filter(picture -> picture.truthStd() == 0)
                .toList();
        if (!set.hasTruthStd()) {
            terminal.err().println("deqa: " + truth + ": no picture has a std, so KL, JS and W are left out");
        } else if (!zero.isEmpty()) {
            terminal.err()
                    .println("deqa: " + truth + ": " + zero.size() + " pictures have a std of 0, such as \""
                            + zero.get(0).id() + "\"; their KL and JS follow from the release's small constant and not"
                            + " from the prediction");
        }
    }

    /** Says where the figures of a prediction follow from no rating. */
    static void describePredictions(Terminal terminal, Path results, EvaluationSet set) {
        List<EvaluatedPicture> certain = set.pictures().stream()
                .filter(picture -> picture.hasTruthStd() && picture.predictedStd() == 0)
                .toList();
        if (!certain.isEmpty()) {
            terminal.err()
                    .println("deqa: " + results + ": " + certain.size()
                            + " pictures are predicted with a std of 0, such as \""
                            + certain.get(0).id() + "\"; their KL and JS follow from a small constant and not from the"
                            + " ratings, so look at their logits");
        }
    }

    /** Prints what is to be said of the figures. */
    static void warn(Terminal terminal, List<String> warnings) {
        warnings.forEach(warning -> terminal.err().println("deqa: " + warning));
    }

    private Optional<LogisticCurve> curve() {
        if (fit.equalsIgnoreCase(NO_FIT)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(LogisticCurve.values())
                .filter(curve -> curve.key().equalsIgnoreCase(fit))
                .findFirst()
                .orElseThrow(() ->
                        CommandException.usage("--fit is \"" + fit + "\"; it must be logistic4, logistic5 or none")));
    }
}
