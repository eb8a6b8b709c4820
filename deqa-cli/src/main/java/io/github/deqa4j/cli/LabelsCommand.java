package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.dataset.MosFile;
import io.github.deqa4j.dataset.SplitFile;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.file.OutputFolder;
import io.github.deqa4j.label.LabelGenerator;
import io.github.deqa4j.label.LabelGenerator.LabeledSet;
import io.github.deqa4j.label.LabelMethod;
import io.github.deqa4j.label.LabelSettings;
import io.github.deqa4j.label.LabelSummary;
import io.github.deqa4j.label.LabelType;
import io.github.deqa4j.label.MissingStdException;
import io.github.deqa4j.label.MosScale;
import io.github.deqa4j.label.Questions;
import io.github.deqa4j.label.SoftLabel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deqa labels}: opinions and a split in, training and test files out. */
@Command(
        name = "labels",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes training and test files with soft labels from mean opinion scores and their spread.",
        footer = {
            "",
            "Writes train_NAME.json and test_NAME.json, and prints how well the labels keep mean and spread.",
            "The defaults are those of the DeQA-Score release for KonIQ.",
            "The least mean of mos.json becomes 1 and the greatest 5, over all its images, those in no split included;"
                    + " the stds are stretched alike. A single wrong mean so moves every label.",
            "What the printed figures are: docs/metrics.md.",
            "Exit status: 0 written, 1 the opinions or the split are at fault, 2 wrong usage."
        })
final class LabelsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--mos",
            paramLabel = "FILE",
            required = true,
            description = "opinions: {image: {\"mos\": \"3.4\", \"std\": \"0.58\"}}")
    private Path mos = Path.of("mos.json");

    @Option(
            names = "--split",
            paramLabel = "FILE",
            required = true,
            description = "split: {\"train\": [names], \"test\": [names]}")
    private Path split = Path.of("split.json");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "what to call the data set in file names")
    private String name = "";

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "folder to write to; made if need be")
    private Path output = Path.of("");

    @Option(
            names = "--image-prefix",
            paramLabel = "PATH",
            defaultValue = "",
            description = "folder of the images below the image root")
    private String imagePrefix = "";

    @Option(
            names = "--label",
            paramLabel = "TYPE",
            converter = TypeConverter.class,
            defaultValue = "soft",
            description = "soft (default), two-level or one-hot")
    private LabelType type = LabelType.SOFT;

    @Option(
            names = "--density",
            paramLabel = "METHOD",
            converter = MethodConverter.class,
            defaultValue = "pdf",
            description =
                    "how a soft label is made: pdf (default), cdf, or moment-matched, which keeps mean and std exactly")
    private LabelMethod method = LabelMethod.PDF;

    @Option(
            names = "--renormalize",
            description = "divide pdf and cdf labels by their mass, which clipping leaves above 1")
    private boolean renormalize;

    @Option(
            names = "--fallback-std",
            paramLabel = "X",
            defaultValue = "0.2",
            description = "a pdf or cdf label becomes two-level below this std, in levels (default: ${DEFAULT-VALUE})")
    private double fallbackStd;

    @Option(
            names = "--fallback-mean",
            paramLabel = "X",
            defaultValue = "0.1",
            description = "and where its mean is off by more than this, in levels (default: ${DEFAULT-VALUE})")
    private double fallbackMean;

    @Option(names = "--pseudo-std", paramLabel = "X", description = "std, in levels, of images that have none")
    private @Nullable Double pseudoStd;

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description = "questions to draw from, one a line (default: ten of our own)")
    private @Nullable Path questions;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "131",
            description = "of the draw of questions (default: ${DEFAULT-VALUE})")
    private long seed;

    LabelsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (name.isBlank() || name.contains("/") || name.contains("\\")) {
            throw CommandException.usage("--name is \"" + name + "\"; it must be a part of a file name, such as koniq");
        }
        Path train = output.resolve("train_" + name + ".json");
        Path test = output.resolve("test_" + name + ".json");
        CommandException.requireUsage(() -> OutputFolder.requirePossible(output));
        MosFile opinions = MosFile.read(mos);
        LabeledSet set = generate(opinions, new LabelGenerator(settings(), imagePrefix, questions(), seed));
        requireOfThisSplit(set.train(), train);
        requireOfThisSplit(set.test(), test);
        warnOfZeros(set.train());
        warnOfFallbacks(set, opinions);
        OutputFolder.make(output);
        AtomicFile.requirePossible(train);
        AtomicFile.requirePossible(test);
        terminal.out().print(LabelSummaryText.of(set.summary()));
        write(set.train(), train);
        write(set.test(), test);
        return ExitCode.OK;
    }

    /** A file that would not be written must not be there either: it is of another run. */
    private void requireOfThisSplit(MetaFile rows, Path file) {
        if (rows.rows().isEmpty() && Files.exists(file)) {
            throw new DeqaException(file + ": this file is of another split, because " + split
                    + " names no image for it; delete it or choose another --output");
        }
    }

    private LabeledSet generate(MosFile opinions, LabelGenerator generator) {
        SplitFile parts = SplitFile.read(split);
        try {
            return generator.generate(opinions, parts);
        } catch (MissingStdException e) {
            throw new DeqaException(
                    mos + ", " + split + ": " + e.getMessage() + " (--pseudo-std X or --label two-level)", e);
        } catch (DeqaException e) {
            throw new DeqaException(mos + ", " + split + ": " + e.getMessage(), e);
        }
    }

    private void warnOfZeros(MetaFile train) {
        List<String> ids = train.rows().stream()
                .filter(LabelsCommand::lacksDensity)
                .map(MetaRow::id)
                .toList();
        if (type == LabelType.SOFT && !ids.isEmpty()) {
            terminal.err()
                    .println("deqa: " + mos + ": " + ids.size() + " images for training have a std of 0, such as \""
                            + ids.get(0) + "\"; they have no density, so their level_probs_org is null and their"
                            + " labels have two levels");
        }
    }

    private void warnOfFallbacks(LabeledSet set, MosFile opinions) {
        LabelSummary summary = set.summary();
        int fallbacks = summary.count(SoftLabel.Kind.FALLBACK)
                + summary.count(SoftLabel.Kind.STD_TOO_SMALL)
                + summary.count(SoftLabel.Kind.STD_TOO_LARGE);
        if (2 * fallbacks > summary.images()) {
            MosScale scale = MosScale.of(opinions.opinions());
            double[] stds = Stream.concat(set.train().rows().stream(), set.test().rows().stream())
                    .flatMap(row -> row.truth().stream())
                    .flatMapToDouble(truth -> truth.stdNorm().stream())
                    .sorted()
                    .toArray();
            terminal.err()
                    .println(
                            "deqa: warning: " + mos + ": more than half of the labels (" + fallbacks + " of "
                                    + summary.images()
                                    + ") have two levels, because no label keeps both mean and std when the std is far too small or too large"
                                    + " for the scale (its median is "
                                    + String.format(
                                            Locale.ROOT,
                                            "%.2f levels after the means were stretched from %.4g to %.4g",
                                            stds[stds.length / 2],
                                            scale.min(),
                                            scale.max())
                                    + " to 1 to 5). Check that means and stds are on the same scale and that no mean is far outside");
        }
    }

    private static boolean lacksDensity(MetaRow row) {
        return row.label().isPresent() && row.label().get().raw().isEmpty();
    }

    private LabelSettings settings() {
        return LabelSettings.released()
                .withType(type)
                .withMethod(method)
                .withRenormalize(renormalize)
                .withFallback(fallbackStd, fallbackMean)
                .withPseudoStd(pseudoStd == null ? OptionalDouble.empty() : OptionalDouble.of(pseudoStd));
    }

    private Questions questions() {
        return questions == null ? Questions.standard() : Questions.read(questions);
    }

    private void write(MetaFile rows, Path file) {
        if (rows.rows().isEmpty()) {
            terminal.err().println("deqa: " + file + ": not written, because " + split + " names no image for it");
            return;
        }
        rows.write(file);
        terminal.out()
                .println(LabelSummaryText.line(
                        "written", file + " (" + rows.rows().size() + " rows)"));
    }

    /** Reads {@code --density}. */
    static final class MethodConverter extends EnumConverter<LabelMethod> {
        MethodConverter() {
            super(LabelMethod.class);
        }
    }

    /** Reads {@code --label}. */
    static final class TypeConverter extends EnumConverter<LabelType> {
        TypeConverter() {
            super(LabelType.class);
        }
    }
}
