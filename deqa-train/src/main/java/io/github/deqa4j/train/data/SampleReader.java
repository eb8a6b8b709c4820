package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.dataset.TextLines;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TrainingPrompt;
import io.github.deqa4j.train.config.DataSettings;
import io.github.deqa4j.train.config.DataSettings.DataSet;
import io.github.deqa4j.train.config.DataSettings.LabelRule;
import io.github.deqa4j.train.config.DataSettings.MissingImages;
import io.github.deqa4j.train.config.LadderPlan;
import io.github.deqa4j.train.config.TrainingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/** Reads training files into samples, and refuses what cannot be learnt from before the run begins. */
public final class SampleReader {
    private static final int TURNS = 2;
    private static final double TOLERANCE = 1e-3;
    private static final double FARTHEST = 0.5; // the authors' own labels stay within 0.1

    private final DataSettings settings;
    private final boolean stdNeeded;
    private final Augmentation treatment;
    private final Optional<SentencePieceTokenizer> tokenizer;
    private final Consumer<String> warnings;

    private SampleReader(
            TrainingConfig config,
            Augmentation treatment,
            Optional<SentencePieceTokenizer> tokenizer,
            Consumer<String> warnings) {
        settings = config.data();
        stdNeeded = config.comparesBySpread();
        this.treatment = treatment;
        this.tokenizer = tokenizer;
        this.warnings = warnings;
    }

    /**
     * A reader for a network that answers in words.
     *
     * @param config which files, what is done with labels and with images that are missing, and what the loss needs
     * @param treatment what becomes of rated images before the network sees them
     * @param tokenizer the network's
     * @param warnings is told what a user should know of the files
     */
    public static SampleReader withText(
            TrainingConfig config,
            Augmentation treatment,
            SentencePieceTokenizer tokenizer,
            Consumer<String> warnings) {
        return new SampleReader(config, treatment, Optional.of(tokenizer), warnings);
    }

    /** A reader for a network that reads no text; the files' conversations do not count. Parameters as above. */
    public static SampleReader withoutText(TrainingConfig config, Augmentation treatment, Consumer<String> warnings) {
        return new SampleReader(config, treatment, Optional.empty(), warnings);
    }

    /**
     * Reads every data set: the rated ones, and after them the pristine images, if there are any.
     *
     * @throws DeqaException if a file is malformed, an image is missing and may not be left out, a row has no conversation of
     *     one question and one answer, a score no label, no std where one is needed, or an answer without a level, a label is no distribution or does not
     *     fit the rule, or a set is too small for pairs
     */
    public List<SampleSet> read() {
        List<SampleSet> sets =
                new ArrayList<>(settings.sets().stream().map(this::read).toList());
        if (settings.ladders().enabled()) {
            sets.add(pristine(settings.ladders()));
        }
        return sets;
    }

    private SampleSet pristine(LadderPlan plan) {
        Path list = Path.of(plan.list());
        Crop crop = new Crop(plan.crop(), settings.flip());
        DistortionLadder states = new DistortionLadder(crop, plan.settings(), plan.levels());
        List<Sample> samples = TextLines.read(list).stream()
                .filter(line -> !line.isBlank())
                .map(name -> new Sample(
                        list.getFileName() + ":" + name,
                        image(list, "data.ladders.images", plan.images(), name, name),
                        states,
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        if (samples.isEmpty()) {
            throw new InvalidDataException(list, "the list is empty; write the names of images, one a line");
        }
        warnOfMissing(list, samples);
        return new SampleSet(plan.list(), plan.weight(), samples);
    }

    private SampleSet read(DataSet set) {
        Path meta = Path.of(set.meta());
        List<MetaRow> rows = MetaFile.read(meta).rows();
        List<Sample> samples =
                rows.stream().map(row -> sample(meta, set.images(), row)).toList();
        warnOfMissing(meta, samples);
        warnOfMass(meta, rows);
        SampleSet read = new SampleSet(set.meta(), set.weight(), samples);
        return settings.pairs() ? read.requirePairs() : read;
    }

    private void warnOfMissing(Path meta, List<Sample> samples) {
        long missing =
                samples.stream().filter(sample -> !Files.exists(sample.image())).count();
        if (missing > 0) {
            warnings.accept(meta + ": " + missing + " of its " + samples.size()
                    + " images are missing; they are left out, as data.missing_pictures says");
        }
    }

    private void warnOfMass(Path meta, List<MetaRow> rows) {
        double[] masses = rows.stream()
                .flatMap(row -> row.label().stream())
                .mapToDouble(label -> label.probabilities().mass())
                .filter(mass -> Math.abs(mass - 1) > TOLERANCE)
                .toArray();
        if (settings.labels() == LabelRule.AS_IS && masses.length > 0) {
            warnings.accept(String.format(
                    Locale.ROOT,
                    "%s: the labels of %d of its %d rows do not sum up to 1 (%.3f to %.3f); they are learnt as they are, as "
                            + "the authors do, unless data.labels is renormalize",
                    meta,
                    masses.length,
                    rows.size(),
                    DoubleStream.of(masses).min().orElseThrow(),
                    DoubleStream.of(masses).max().orElseThrow()));
        }
    }

    private Sample sample(Path meta, String images, MetaRow row) {
        Optional<TrainingPrompt> prompt = tokenizer.map(pieces -> prompt(meta, row, pieces));
        boolean description = row.taskType() == MetaRow.TaskType.DESCRIPTION;
        if (description && prompt.isEmpty()) {
            throw problem(meta, row, "is a description, but the network reads no text; leave the row out");
        }
        Path image = image(meta, "data.sets.images", images, row.id(), row.image());
        Optional<Rating> opinion = description
                ? Optional.empty()
                : Optional.of(new Rating(label(meta, row), truth(meta, row).score(), std(meta, row)));
        return new Sample(meta.getFileName() + ":" + row.id(), image, treatment, prompt, opinion);
    }

    private static TrainingPrompt prompt(Path meta, MetaRow row, SentencePieceTokenizer tokenizer) {
        if (row.conversation().size() != TURNS) {
            throw problem(
                    meta,
                    row,
                    "has " + row.conversation().size()
                            + " turns in \"conversations\"; it must have a question and an answer (deqa labels writes them)");
        }
        TrainingPrompt prompt = TrainingPrompt.of(
                tokenizer,
                row.conversation().get(0).value(),
                row.conversation().get(1).value());
        boolean description = row.taskType() == MetaRow.TaskType.DESCRIPTION;
        if (description == prompt.level().isPresent()) {
            throw problem(
                    meta,
                    row,
                    description
                            ? "is a description, but its answer is a level; leave its task_type out"
                            : "has an answer without a level; it must be such as \"The quality of the image is good.\"");
        }
        return prompt;
    }

    private Path image(Path file, String key, String images, String id, String name) {
        Path image = Path.of(images).resolve(name);
        if (settings.missingPictures() == MissingImages.ABORT && !Files.exists(image)) {
            throw new InvalidDataException(
                    file,
                    "the row " + Excerpt.quoted(id) + " names an image that is not there: " + image + " (its folder is "
                            + key + ", \"" + images + "\")");
        }
        return image;
    }

    private LevelValues label(Path meta, MetaRow row) {
        LevelValues label = row.label()
                .orElseThrow(() -> problem(meta, row, "has no \"level_probs\"; write them with deqa labels"))
                .probabilities();
        if (Level.ALL.stream().anyMatch(level -> label.get(level) < 0)) {
            throw problem(meta, row, "has a label with a negative probability; write the labels anew with deqa labels");
        }
        double mass = label.mass();
        double room = switch (settings.labels()) {
            case AS_IS -> FARTHEST;
            case STRICT -> TOLERANCE;
            case RENORMALIZE -> Double.MAX_VALUE;
        };
        if (mass == 0 || Math.abs(mass - 1) > room) {
            throw problem(
                    meta,
                    row,
                    "has a label whose probabilities sum up to " + mass
                            + " instead of 1; set data.labels to renormalize, or write the labels anew with deqa labels --renormalize");
        }
        return settings.labels() == LabelRule.RENORMALIZE ? divided(label, mass) : label;
    }

    private static LevelValues divided(LevelValues label, double mass) {
        double[] values = label.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] /= mass;
        }
        return LevelValues.of(values);
    }

    /** Where none is needed, 0 stands for none. */
    private double std(Path meta, MetaRow row) {
        OptionalDouble std = truth(meta, row).std();
        if (stdNeeded && std.isEmpty()) {
            throw problem(
                    meta,
                    row,
                    "has no \"std\", which comparisons need (loss.rank fidelity); leave the row out, set loss.rank to"
                            + " binary-fidelity, or loss.rank_weight to 0");
        }
        return std.orElse(0);
    }

    private static MetaRow.Truth truth(Path meta, MetaRow row) {
        return row.truth().orElseThrow(() -> problem(meta, row, "has no \"gt_score\""));
    }

    private static DeqaException problem(Path meta, MetaRow row, String problem) {
        return new InvalidDataException(meta, "the row \"" + Excerpt.of(row.id()) + "\" " + problem);
    }
}
