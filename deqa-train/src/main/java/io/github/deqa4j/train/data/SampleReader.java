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
import io.github.deqa4j.train.data.LabelException.Remedy;
import io.github.deqa4j.train.data.Sample.DescribedImage;
import io.github.deqa4j.train.data.Sample.PristineImage;
import io.github.deqa4j.train.data.Sample.RatedAnswer;
import io.github.deqa4j.train.data.Sample.RatedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/** Reads training files into samples, and refuses what no network can be trained on before the run begins. */
public final class SampleReader {
    private static final int TURNS = 2;
    private static final double TOLERANCE = 1e-3;
    private static final double MAX_DEVIATION = 0.5; // the authors' own labels stay within 0.1

    private final DataSettings settings;
    private final boolean stdNeeded;
    private final Augmentation augmentation;
    private final Optional<SentencePieceTokenizer> tokenizer;
    private final Consumer<String> warnings;

    private SampleReader(
            TrainingConfig config,
            Augmentation augmentation,
            Optional<SentencePieceTokenizer> tokenizer,
            Consumer<String> warnings) {
        settings = config.data();
        stdNeeded = config.comparesBySpread();
        this.augmentation = augmentation;
        this.tokenizer = tokenizer;
        this.warnings = warnings;
    }

    /**
     * A reader for a network that answers in words: {@link RatedAnswer} and {@link DescribedImage}.
     *
     * @param config the files, the rules for labels and missing images, and the loss
     * @param augmentation how rated images are changed
     * @param tokenizer the network's tokenizer
     * @param warnings receives a sentence for each oddity of the files
     */
    public static SampleReader withText(
            TrainingConfig config,
            Augmentation augmentation,
            SentencePieceTokenizer tokenizer,
            Consumer<String> warnings) {
        return new SampleReader(config, augmentation, Optional.of(tokenizer), warnings);
    }

    /**
     * A reader for a network that reads no text: {@link RatedImage} and {@link PristineImage}. The conversations in the files
     * are ignored. Parameters as above.
     */
    public static SampleReader withoutText(
            TrainingConfig config, Augmentation augmentation, Consumer<String> warnings) {
        return new SampleReader(config, augmentation, Optional.empty(), warnings);
    }

    /**
     * Reads every data set: the rated ones, then the pristine images, if there are any.
     *
     * @throws DeqaException if a file is malformed, an image is missing and may not be left out, a row lacks the question, the
     *     answer, the label or the std that the training needs, an answer has no level, the sum of a label is not allowed, or
     *     a set is too small for pairs
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
        DistortionLadder ladder = new DistortionLadder(crop, plan.settings(), plan.levels());
        List<Sample> samples = TextLines.read(list).stream()
                .filter(line -> !line.isBlank())
                .map(name -> pristine(list, plan, name, ladder))
                .toList();
        if (samples.isEmpty()) {
            throw new InvalidDataException(list, "the list is empty; write the names of images, one a line");
        }
        warnOfMissing(list, samples);
        return new SampleSet(plan.list(), plan.weight(), samples);
    }

    private Sample pristine(Path list, LadderPlan plan, String name, DistortionLadder ladder) {
        Path image = image(list, "data.ladders.images", plan.images(), name, name);
        return new PristineImage(list.getFileName() + ":" + name, image, ladder);
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
                    "%s: the labels of %d of its %d rows do not sum up to 1 (%.3f to %.3f); they are used as they"
                            + " are, as the authors do, unless data.labels is renormalize",
                    meta,
                    masses.length,
                    rows.size(),
                    DoubleStream.of(masses).min().orElseThrow(),
                    DoubleStream.of(masses).max().orElseThrow()));
        }
    }

    private Sample sample(Path meta, String images, MetaRow row) {
        return tokenizer
                .map(pieces -> withText(meta, images, row, pieces))
                .orElseGet(() -> withoutText(meta, images, row));
    }

    private Sample withText(Path meta, String images, MetaRow row, SentencePieceTokenizer pieces) {
        TrainingPrompt prompt = prompt(meta, row, pieces);
        Path image = image(meta, "data.sets.images", images, row.id(), row.image());
        return switch (row.taskType()) {
            case DESCRIPTION -> new DescribedImage(id(meta, row), image, augmentation, prompt);
            case SCORE -> new RatedAnswer(id(meta, row), image, augmentation, rating(meta, row), prompt);
        };
    }

    private Sample withoutText(Path meta, String images, MetaRow row) {
        if (row.taskType() == MetaRow.TaskType.DESCRIPTION) {
            throw problem(meta, row, "is a description, but the network reads no text; leave the row out");
        }
        Path image = image(meta, "data.sets.images", images, row.id(), row.image());
        return new RatedImage(id(meta, row), image, augmentation, rating(meta, row));
    }

    private static String id(Path meta, MetaRow row) {
        return meta.getFileName() + ":" + row.id();
    }

    private Rating rating(Path meta, MetaRow row) {
        return new Rating(label(meta, row), truth(meta, row).score(), std(meta, row));
    }

    private static TrainingPrompt prompt(Path meta, MetaRow row, SentencePieceTokenizer tokenizer) {
        if (row.conversation().size() != TURNS) {
            throw badLabel(
                    meta,
                    row,
                    "has " + row.conversation().size()
                            + " turns in \"conversations\"; it must have a question and an answer, so generate them");
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
                            : "has an answer without a level; it must be such as \"The quality of the image is"
                                    + " good.\"");
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
                .orElseThrow(() -> badLabel(meta, row, "has no \"level_probs\"; generate them"))
                .probabilities();
        if (Level.ALL.stream().anyMatch(level -> label.get(level) < 0)) {
            throw badLabel(meta, row, "has a label with a negative probability; generate the labels again");
        }
        double mass = label.mass();
        double room = switch (settings.labels()) {
            case AS_IS -> MAX_DEVIATION;
            case STRICT -> TOLERANCE;
            case RENORMALIZE -> Double.MAX_VALUE;
        };
        if (mass == 0 || Math.abs(mass - 1) > room) {
            throw new LabelException(
                    problem(
                            meta,
                            row,
                            "has a label whose probabilities sum up to " + mass
                                    + " instead of 1; set data.labels to renormalize, or generate the labels again,"
                                    + " renormalized"),
                    Remedy.RENORMALIZE);
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

    /** The std of the opinions; 0 where there is none and the loss needs none. */
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

    private static LabelException badLabel(Path meta, MetaRow row, String problem) {
        return new LabelException(problem(meta, row, problem), Remedy.GENERATE);
    }

    private static DeqaException problem(Path meta, MetaRow row, String problem) {
        return new InvalidDataException(meta, "the row \"" + Excerpt.of(row.id()) + "\" " + problem);
    }
}
