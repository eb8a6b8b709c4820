package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.EvaluationSettings;
import io.github.deqa4j.metric.EvaluationTable;
import io.github.deqa4j.metric.ReferenceLookup;
import io.github.deqa4j.report.HtmlReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deqa evaluate}: results and truths in, correlations and distribution gaps out. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Says how well results agree with people: SRCC, PLCC (raw and fitted), KRCC, RMSE, KL, JS and W, with "
                        + "confidence intervals. Give --results and --truth once for each data set.",
        footer =
                "%nWhat the figures are: docs/metrics.md.%nExit status: 0 done, 1 some or all files cannot be evaluated, 2 wrong usage.")
final class EvaluateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--results", paramLabel = "R.jsonl", required = true, description = "results of deqa predict")
    private List<Path> results = List.of();

    @Option(names = "--truth", paramLabel = "T.json", required = true, description = "the test file they were made for")
    private List<Path> truths = List.of();

    @Option(names = "--name", paramLabel = "NAME", description = "name of the data set (default: that of the results)")
    private List<String> names = List.of();

    @Mixin
    private EvaluationOptions options = new EvaluationOptions();

    @Option(names = "--html", paramLabel = "FILE", description = "also write a page with charts")
    private @Nullable Path html;

    @Option(names = "--images", paramLabel = "DIR", description = "folder of the images, to show some on the page")
    private @Nullable Path images;

    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requireUsage();
        EvaluationSettings settings = options.settings();
        Optional<ReferenceLookup> names = options.referenceNames();
        List<EvaluationSet> sets = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            read(i, names).ifPresent(sets::add);
        }
        if (sets.isEmpty()) {
            return ExitCode.SOME_FAILED;
        }
        names.ifPresent(asked -> EvaluationOptions.requireAnyReference(sets));
        EvaluationTable table = EvaluationTable.of(sets, settings);
        EvaluationOptions.warn(terminal, table.warnings());
        terminal.out().print(options.format().write(table));
        if (html != null) {
            HtmlReport.Page page = new HtmlReport(Optional.ofNullable(images)).write(table, sets);
            describe(page);
            AtomicFile.write(html, page.html());
        }
        return sets.size() == results.size() ? ExitCode.OK : ExitCode.SOME_FAILED;
    }

    /** A data set; empty, with a sentence on what is wrong with it, where it cannot be evaluated and others may. */
    private Optional<EvaluationSet> read(int i, Optional<ReferenceLookup> names) {
        try {
            EvaluationSet read = options.read(terminal, name(i), results.get(i), truths.get(i));
            EvaluationSet set = names.map(read::withReferences).orElse(read);
            EvaluationOptions.describe(terminal, truths.get(i), set);
            EvaluationOptions.describePredictions(terminal, results.get(i), set);
            return Optional.of(set);
        } catch (DeqaException e) {
            if (results.size() == 1) {
                throw e;
            }
            terminal.err().println("deqa: " + e.getMessage() + "; the data set " + name(i) + " is left out");
            return Optional.empty();
        }
    }

    private void describe(HtmlReport.Page page) {
        if (!page.unshown().isEmpty()) {
            terminal.err()
                    .println("deqa: " + images + ": " + page.unshown().size() + " of the " + page.images()
                            + " images on the page could not be shown, such as \""
                            + page.unshown().get(0)
                            + "\"; --images must be the folder that the paths in the test file start from");
        }
    }

    private String name(int i) {
        return names.isEmpty() ? baseName(results.get(i)) : names.get(i);
    }

    private void requireApart() {
        try {
            EvaluationTable.requireApart(
                    IntStream.range(0, results.size()).mapToObj(this::name).toList());
        } catch (DeqaException e) {
            throw CommandException.usage(e.getMessage() + ", with --name");
        }
    }

    /** The file's name without its ending. */
    static String baseName(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private void requireUsage() {
        if (results.size() != truths.size()) {
            throw CommandException.usage("there are " + results.size() + " --results and " + truths.size()
                    + " --truth; give one of each for every data set, in the same order");
        }
        if (!names.isEmpty() && names.size() != results.size()) {
            throw CommandException.usage("there are " + names.size() + " --name for " + results.size()
                    + " data sets; give one for each or none");
        }
        requireApart();
        if (images != null && html == null) {
            throw CommandException.usage("--images is for the page; name that with --html FILE");
        }
        if (images != null && !Files.isDirectory(images)) {
            throw CommandException.usage("--images is " + images + ", which is not a folder");
        }
        if (html != null) {
            AtomicFile.requirePossible(html);
        }
    }
}
