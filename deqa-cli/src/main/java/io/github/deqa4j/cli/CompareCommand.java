package io.github.deqa4j.cli;

import io.github.deqa4j.metric.Comparison;
import io.github.deqa4j.metric.EvaluatedImage;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.EvaluationSettings;
import io.github.deqa4j.metric.ReferenceLookup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deqa compare}: two results for one truth, and whether their difference is more than chance. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares two results for the same images: the difference of every figure, with intervals and "
                + "p-values from a paired bootstrap.",
        footer =
                "%nWhat the figures are: docs/metrics.md.%nExit status: 0 done, 1 the files cannot be compared, 2 wrong usage.")
final class CompareCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "A.jsonl", description = "results to compare with")
    private Path a = Path.of("");

    @Parameters(index = "1", paramLabel = "B.jsonl", description = "results to compare")
    private Path b = Path.of("");

    @Option(names = "--truth", paramLabel = "T.json", required = true, description = "the test file both were made for")
    private Path truth = Path.of("");

    @Mixin
    private EvaluationOptions options = new EvaluationOptions();

    CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        EvaluationSettings settings = options.settings();
        if (settings.resamples() == 0) {
            throw CommandException.usage("--bootstrap is 0; a comparison needs resamples, better 1000");
        }
        Optional<ReferenceLookup> names = options.referenceNames();
        EvaluationSet setA = grouped(options.read(terminal, a.toString(), a, truth), names);
        EvaluationSet setB = grouped(options.read(terminal, b.toString(), b, truth), names);
        EvaluationOptions.describe(terminal, truth, setA);
        EvaluationOptions.describePredictions(terminal, a, setA);
        EvaluationOptions.describePredictions(terminal, b, setB);
        Comparison comparison = Comparison.of(common(setA, setB), common(setB, setA), settings);
        EvaluationOptions.warn(terminal, comparison.warnings());
        terminal.out().print(options.format().write(comparison));
        return ExitCode.OK;
    }

    private static EvaluationSet grouped(EvaluationSet set, Optional<ReferenceLookup> names) {
        EvaluationSet grouped = names.map(set::withReferences).orElse(set);
        names.ifPresent(asked -> EvaluationOptions.requireAnyReference(List.of(grouped)));
        return grouped;
    }

    /** The images of a set that another has, too: all of them unless missing results are allowed. */
    private static EvaluationSet common(EvaluationSet set, EvaluationSet other) {
        Set<String> ids = other.images().stream().map(EvaluatedImage::id).collect(Collectors.toSet());
        return set.only(image -> ids.contains(image.id()));
    }
}
