package io.github.deqa4j.train.config;

import io.github.deqa4j.config.ModelType;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.torch.loss.LossSettings;

/**
 * Everything that a training run is told: one YAML file, whose keys are the names of these components in snake case.
 *
 * @param model the network to start from
 * @param data the rated images
 * @param tuning which weights are trained
 * @param loss what is minimized
 * @param optimizer how weights are changed
 * @param schedule how long, and how fast when
 * @param evaluation how the network is evaluated while it is trained
 * @param checkpoints how the run is saved, so that it can go on
 * @param output where everything is written
 */
public record TrainingConfig(
        ModelSettings model,
        DataSettings data,
        TuningSettings tuning,
        LossSettings loss,
        OptimizerSettings optimizer,
        ScheduleSettings schedule,
        EvaluationPlan evaluation,
        CheckpointSettings checkpoints,
        OutputSettings output) {
    /** What float32 can still reckon with. */
    private static final double LARGEST = 1e30;

    /**
     * What holds where nothing else is set; the files to work on are left open.
     *
     * @param kind of the network to start from: the released flags of full tuning for the paper's, and for the small one
     *     what suits it when it goes on from weights that are trained
     * @param pairs whether the paper's network is trained in pairs, which decides the defaults of its loss
     */
    static TrainingConfig defaults(ModelType kind, boolean pairs) {
        return switch (kind) {
            case MPLUG_OWL2 -> released(pairs);
            case DEQA_COMPACT -> compact();
        };
    }

    private static TrainingConfig released(boolean pairs) {
        return new TrainingConfig(
                ModelSettings.defaults(),
                DataSettings.released(pairs),
                TuningSettings.released(),
                pairs ? LossSettings.pairs() : LossSettings.singles(),
                OptimizerSettings.released(),
                ScheduleSettings.released(),
                EvaluationPlan.every(500),
                CheckpointSettings.every(500),
                OutputSettings.defaults());
    }

    /** From deqa-model-compact/recipe/training.yaml, but for what docs/training.yaml gives a reason for. */
    private static TrainingConfig compact() {
        return new TrainingConfig(
                ModelSettings.defaults(),
                DataSettings.compact(),
                TuningSettings.compact(),
                LossSettings.allPairs(),
                OptimizerSettings.compact(),
                ScheduleSettings.compact(),
                EvaluationPlan.every(100),
                CheckpointSettings.every(100),
                OutputSettings.defaults());
    }

    /** Whether images are compared by how far apart people's ratings of them lie, for which each needs a std. */
    public boolean comparesBySpread() {
        return loss.rankWeight() > 0 && loss.rank() == LossSettings.Rank.FIDELITY;
    }

    /**
     * Checks what a run cannot do without, and what settings ask of each other.
     *
     * @throws io.github.deqa4j.DeqaException naming the setting
     */
    public void requireComplete() {
        require(!data.sets().isEmpty(), "data.sets", "is empty; name a meta file and its images");
        require(!output.directory().isBlank(), "output.directory", "is empty; name the directory to write to");
        require(
                evaluation.enabled() || schedule.patience() == 0,
                "schedule.patience",
                "is " + schedule.patience() + ", but nothing is evaluated; name evaluation.meta, or make it 0");
    }

    /**
     * Checks what a network asks for that answers in words.
     *
     * @throws io.github.deqa4j.DeqaException naming the setting
     */
    public void requireText() {
        require(
                data.pairs() || loss.rankWeight() == 0,
                "loss.rank_weight",
                "is " + loss.rankWeight() + ", but single images have nothing to be compared with; make it 0");
        require(
                data.crop() == 0 && !data.flip(),
                "data.crop",
                "is " + data.crop() + " and data.flip " + data.flip()
                        + ", but this network sees whole images; make them 0 and false");
        require(
                !data.ladders().enabled(),
                "data.ladders.list",
                "is " + Excerpt.of(data.ladders().list())
                        + ", but this network is trained on rated images alone; make it empty");
    }

    /**
     * Checks what a network asks for that reads no text and sees images at their own scale.
     *
     * @param processes how many train it
     * @throws io.github.deqa4j.DeqaException naming the setting
     */
    public void requireNoText(int processes) {
        if (processes > 1) {
            throw new SettingsException(
                    "there are " + processes + " processes, each of which would compare the images of its own part of"
                            + " a batch alone; a small network, such as the one that ships, is"
                            + " trained by one process");
        }
        require(
                !data.pairs(),
                "data.pairs",
                "is true, but this network compares every image of a batch with all others; make it false");
        require(
                data.crop() > 0,
                "data.crop",
                "is 0, but this network sees images at their own scale, and those of a batch must have one size;"
                        + " name the side of a piece, such as 352");
        require(
                loss.rankWeight() > 0
                        || loss.answerWeight() * loss.klWeight() > 0
                        || (data.ladders().enabled() && loss.ladderWeight() > 0),
                "loss.rank_weight",
                "is 0, and there is no other loss: make it positive, or both loss.answer_weight and loss.kl_weight, or"
                        + " name pristine images with data.ladders.list and make loss.ladder_weight positive");
        require(
                !data.ladders().enabled() || loss.ladderWeight() > 0,
                "loss.ladder_weight",
                "is 0, so data.ladders.list would train nothing; make it positive, or the list empty");
        require(
                model.tokenizer().isBlank(),
                "model.tokenizer",
                "is " + Excerpt.of(model.tokenizer()) + ", but this network reads no text; make it empty");
        require(
                evaluation.question().isEmpty(),
                "evaluation.prompt",
                "is " + Excerpt.of(evaluation.prompt()) + ", but this network reads no text; leave it out");
        require(
                !data.groupByLength(),
                "data.group_by_length",
                "is true, but this network reads no text; make it false");
        require(
                loss.softLabels(),
                "loss.soft_labels",
                "is false, but this network says no words; make it true, and generate one-hot labels"
                        + " for the training files");
        require(
                tuning.method() == TuningSettings.Method.FULL,
                "tuning.method",
                "is lora, but this network is small; make it full");
        require(
                !tuning.gradientCheckpointing(),
                "tuning.gradient_checkpointing",
                "is true, but this network's layers change the shape of their input; make it false");
    }

    /**
     * Checks that each of several processes has a part of every full batch.
     *
     * @throws io.github.deqa4j.DeqaException naming the setting
     */
    public void requirePartFor(int processes) {
        require(
                schedule.batchSize() >= processes,
                "schedule.batch_size",
                "is " + schedule.batchSize() + ", which " + processes + " processes divide among themselves; make it "
                        + processes + " or more, or take fewer processes");
    }

    static void require(boolean condition, String key, String problem) {
        if (!condition) {
            throw new SettingsException("\"" + key + "\" " + problem);
        }
    }

    static void requirePositive(long value, String key) {
        require(value >= 1, key, "is " + value + "; it must be 1 or more");
    }

    static void requireNotNegative(double value, String key) {
        require(value >= 0 && value <= LARGEST, key, "is " + value + "; it must lie between 0 and 1e30");
    }
}
