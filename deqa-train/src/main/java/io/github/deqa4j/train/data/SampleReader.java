package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TrainingPrompt;
import io.github.deqa4j.train.config.DataSettings;
import io.github.deqa4j.train.config.DataSettings.DataSet;
import io.github.deqa4j.train.config.DataSettings.LabelRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads training files into samples, and refuses what cannot be learnt from before the run begins. */
public final class SampleReader {
    private static final int TURNS = 2;
    private static final double TOLERANCE = 1e-3;
    private static final LevelValues NONE = LevelValues.of(0, 0, 0, 0, 0);

    private final SentencePieceTokenizer tokenizer;
    private final DataSettings settings;

    /**
     * A reader.
     *
     * @param tokenizer the network's
     * @param settings which files, and what is done with labels
     */
    public SampleReader(SentencePieceTokenizer tokenizer, DataSettings settings) {
        this.tokenizer = tokenizer;
        this.settings = settings;
    }

    /**
     * Reads every data set.
     *
     * @throws DeqaException if a file is malformed, a picture is missing, a row has no conversation of one question and one
     *     answer, a score no label or an answer without a level, a label does not fit the rule, or a set is too small for pairs
     */
    public List<SampleSet> read() {
        return settings.sets().stream().map(this::read).toList();
    }

    private SampleSet read(DataSet set) {
        Path meta = Path.of(set.meta());
        List<Sample> samples = MetaFile.read(meta).rows().stream()
                .map(row -> sample(meta, Path.of(set.images()), row))
                .toList();
        SampleSet read = new SampleSet(set.meta(), set.weight(), samples);
        return settings.pairs() ? read.requirePairs() : read;
    }

    private Sample sample(Path meta, Path images, MetaRow row) {
        if (row.conversation().size() != TURNS) {
            throw problem(
                    meta,
                    row,
                    "has " + row.conversation().size()
                            + " turns in \"conversations\"; it must have a question and an answer (deqa labels writes them)");
        }
        Path picture = images.resolve(row.image());
        if (!Files.exists(picture)) {
            throw problem(meta, row, "names a picture that is not there: " + picture);
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
        String id = meta.getFileName() + ":" + row.id();
        return description
                ? new Sample(id, picture, prompt, NONE, 0, 0)
                : new Sample(
                        id,
                        picture,
                        prompt,
                        label(meta, row),
                        truth(meta, row).score(),
                        truth(meta, row).std().orElse(0));
    }

    private LevelValues label(Path meta, MetaRow row) {
        LevelValues label = row.label()
                .orElseThrow(() -> problem(meta, row, "has no \"level_probs\"; write them with deqa labels"))
                .probabilities();
        double mass = label.mass();
        boolean one = Math.abs(mass - 1) <= TOLERANCE;
        if (!(mass > 0) || (settings.labels() == LabelRule.STRICT && !one)) {
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

    private static MetaRow.Truth truth(Path meta, MetaRow row) {
        return row.truth().orElseThrow(() -> problem(meta, row, "has no \"gt_score\""));
    }

    private static DeqaException problem(Path meta, MetaRow row, String problem) {
        return new InvalidDataException(meta, "the row \"" + row.id() + "\" " + problem);
    }
}
