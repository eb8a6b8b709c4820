package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.importer.ReferenceFile;
import io.github.deqa4j.metric.EvaluatedImage;
import io.github.deqa4j.metric.EvaluationJoin;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.EvaluationSettings;
import io.github.deqa4j.metric.LogisticCurve;
import io.github.deqa4j.metric.ReferenceLookup;
import io.github.deqa4j.metric.UnmatchedImagesException;
import io.github.deqa4j.report.ReportFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that compares results with truths. */
final class EvaluationOptions {
    private static final String NO_FIT = "none";
    private static final String REFERENCE = "reference";

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
            description = "leave out images that only one of the files has, instead of stopping")
    private boolean allowMissing;

    @Option(
            names = "--references",
            paramLabel = "FILE",
            description =
                    "which image each was made from: references.json of deqa import, or a CSV with the columns image and"
                            + " reference; resamples draw references then, with all their images")
    private List<Path> references = List.of();

    @Option(
            names = "--group-by",
            paramLabel = "KEY",
            description = "reference: take the references from the images' names as KADID, TID2013, PIPAL and CSIQ have"
                    + " them; or a regular expression whose first group is the reference in an image's name")
    private @Nullable String groupBy;

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
        EvaluationJoin join = join(name, results, truth);
        if (join.leftOut() > 0) {
            terminal.err()
                    .println("deqa: " + results + ": " + join.leftOut()
                            + " images that only one of the files has are left out");
        }
        return join.set();
    }

    private EvaluationJoin join(String name, Path results, Path truth) {
        try {
            return EvaluationJoin.read(name, results, truth, allowMissing);
        } catch (UnmatchedImagesException e) {
            throw new DeqaException(e.getMessage() + " (--allow-missing)", e);
        }
    }

    /**
     * How references are told, where they are asked for.
     *
     * @throws CommandException with the status of wrong usage
     */
    Optional<ReferenceLookup> referenceNames() {
        boolean named = groupBy == null || groupBy.equals(REFERENCE);
        if (!references.isEmpty()) {
            if (!named) {
                throw CommandException.usage("--references tells the references, so leave out --group-by " + groupBy);
            }
            return Optional.of(ReferenceLookup.listed(listed()));
        }
        if (groupBy == null) {
            return Optional.empty();
        }
        return Optional.of(named ? ReferenceLookup.published() : ReferenceLookup.matching(pattern(groupBy)));
    }

    private Map<String, String> listed() {
        Map<String, String> byImage = new LinkedHashMap<>();
        for (Path file : references) {
            ReferenceFile.read(file).byImage().forEach((name, reference) -> {
                String other = byImage.put(name, reference);
                if (other != null && !other.equals(reference)) {
                    throw new InvalidDataException(
                            file, "\"" + name + "\" has another reference here than in a file before");
                }
            });
        }
        return byImage;
    }

    private static Pattern pattern(String expression) {
        try {
            Pattern pattern = Pattern.compile(expression);
            if (pattern.matcher("").groupCount() > 0) {
                return pattern;
            }
        } catch (PatternSyntaxException e) {
            throw CommandException.usage("--group-by is \"" + expression
                    + "\"; it must be reference or a regular expression, and this is none: " + e.getDescription());
        }
        throw CommandException.usage("--group-by is \"" + expression
                + "\"; it must be reference or a regular expression with a group in parentheses, such as ^(I\\d+)_");
    }

    /**
     * Sees that what was asked for was found.
     *
     * @throws DeqaException if no data set has a reference, or one has only one, of which nothing can be drawn
     */
    static void requireAnyReference(List<EvaluationSet> sets) {
        if (sets.stream().allMatch(set -> set.references().isEmpty())) {
            throw new DeqaException("no image has a known reference (the first is \""
                    + sets.get(0).images().get(0).path() + "\"); see what --references or --group-by says");
        }
        sets.stream()
                .filter(set -> set.referenceCount().orElse(0) == 1)
                .findFirst()
                .ifPresent(set -> {
                    throw new DeqaException(set.name() + ": all images have the same reference, \""
                            + set.references().get(0)
                            + "\", and intervals need two; see what --references or --group-by says");
                });
    }

    /** Says what a truth cannot be asked. */
    static void describe(Terminal terminal, Path truth, EvaluationSet set) {
        List<EvaluatedImage> zero =
                set.images().stream().filter(image -> image.truthStd() == 0).toList();
        if (!set.hasTruthStd()) {
            terminal.err().println("deqa: " + truth + ": no image has a std, so KL, JS and W are left out");
        } else if (!zero.isEmpty()) {
            terminal.err()
                    .println("deqa: " + truth + ": " + zero.size() + " images have a std of 0, such as \""
                            + zero.get(0).id() + "\"; their KL and JS follow from the release's small constant and not"
                            + " from the prediction");
        }
    }

    /** Says where the figures of a prediction follow from no rating. */
    static void describePredictions(Terminal terminal, Path results, EvaluationSet set) {
        List<EvaluatedImage> certain = set.images().stream()
                .filter(image -> image.hasTruthStd() && image.predictedStd() == 0)
                .toList();
        if (!certain.isEmpty()) {
            terminal.err()
                    .println("deqa: " + results + ": " + certain.size()
                            + " images are predicted with a std of 0, such as \""
                            + certain.get(0).id() + "\"; their KL and JS follow from a small constant and not from the"
                            + " ratings, so look at their logits");
        }
    }

    /** Prints what is to be said of the figures. */
    static void warn(Terminal terminal, List<String> warnings) {
        warnings.forEach(warning -> terminal.err().println("deqa: " + warning + hint(warning)));
    }

    /** The option that helps where a library's sentence ends with what to do. */
    private static String hint(String warning) {
        return warning.endsWith("draw references") ? " (--references FILE or --group-by reference)" : "";
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
