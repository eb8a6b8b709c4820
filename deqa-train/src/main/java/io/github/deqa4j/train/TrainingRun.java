package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.torch.distributed.LostRankException;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.loss.LossParts;
import io.github.deqa4j.train.TrainingResult.Ending;
import io.github.deqa4j.train.checkpoint.BestSoFar;
import io.github.deqa4j.train.checkpoint.CheckpointState;
import io.github.deqa4j.train.config.DataSettings.MissingImages;
import io.github.deqa4j.train.config.EvaluationPlan.BestBy;
import io.github.deqa4j.train.config.OptimizerSettings.LearningRate;
import io.github.deqa4j.train.config.SettingsException;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.BatchLoader;
import io.github.deqa4j.train.data.LoadedBatch;
import io.github.deqa4j.train.data.Sample;
import io.github.deqa4j.train.report.EvaluationRow;
import io.github.deqa4j.train.report.StepRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The loop of a run: steps, evaluations, checkpoints, and the ways it can end. */
final class TrainingRun implements AutoCloseable {
    private static final long MIB = 1L << 20;

    private final TrainingConfig config;
    private final RunParts parts;
    private final TrainingListener listener;
    private final BooleanSupplier stop;
    private final ProcessGroup ranks;
    private final Learner learner;
    private final RunOutput output;
    private final BatchLoader loader;
    private final CosineSchedule schedule;
    private final int total;
    private int step;
    private BestSoFar best;

    /**
     * A run.
     *
     * @param done steps done before
     * @param best how evaluations went before
     */
    TrainingRun(
            TrainingConfig config,
            RunParts parts,
            int done,
            BestSoFar best,
            TrainingListener listener,
            BooleanSupplier stop) {
        this.config = config;
        this.parts = parts;
        this.listener = listener;
        this.stop = stop;
        this.best = best;
        ranks = parts.ranks();
        learner = parts.learner();
        output = parts.output();
        step = done;
        total = parts.sampler().totalSteps();
        schedule = CosineSchedule.of(total, config.schedule());
        loader = new BatchLoader(
                parts.sampler().after(step),
                parts.images(),
                config.data().memoryMib() * MIB,
                config.data().threads(),
                config.data().missingPictures() == MissingImages.SKIP,
                ranks::share);
    }

    TrainingResult run() {
        try {
            return steps();
        } catch (LostRankException e) {
            throw alone(e);
        }
    }

    @Override
    public void close() {
        loader.close();
    }

    private TrainingResult steps() {
        output.started(step, total);
        evaluateIfDue(); // where the run stopped before it could
        while (step < total && !outOfPatience()) {
            if (ranks.max(stop.getAsBoolean() ? 1 : 0) > 0) {
                return end(Ending.INTERRUPTED);
            }
            step();
            evaluateIfDue();
            if (step % config.checkpoints().every() == 0) {
                save();
            }
        }
        save(); // before the network is written, for which there may be no room
        onFirst(() -> output.finished(learner));
        return end(step < total ? Ending.NO_GAIN : Ending.FINISHED);
    }

    private TrainingResult end(Ending ending) {
        save();
        onFirst(output::draw);
        return new TrainingResult(
                ending, step, Path.of(config.output().directory()).resolve("model"));
    }

    private void step() {
        List<LoadedBatch> passed = new ArrayList<>();
        try {
            LossSum sum = LossSum.ZERO;
            int draws = 0;
            boolean more = true;
            while (more) {
                LoadedBatch batch = next();
                passed.add(batch);
                batch.problems().forEach(problem -> listener.warned(problem.getMessage() + "; it is left out"));
                int size = (int) ranks.sum(new double[] {batch.draws().size()})[0];
                if (size > 0) {
                    double share = (double) size / batch.batch().stepDraws();
                    sum = sum.plus(learner.pass(() -> parts.loss().of(batch), share), share);
                    draws += size;
                }
                more = !batch.batch().endsStep();
            }
            finish(sum, draws, passed.get(0).batch().stepDraws());
        } catch (NonFiniteException e) {
            throw stopped(e, passed);
        }
    }

    private LoadedBatch next() {
        try {
            return ranks.together(loader::next);
        } catch (LostRankException | SettingsException e) {
            throw e;
        } catch (DeqaException e) {
            learner.abandonStep();
            throw saved(e, "put the image back, or set data.missing_pictures to skip,");
        }
    }

    /** Changes the weights; a step none of whose images could be read changes nothing. */
    private void finish(LossSum sum, int draws, int planned) {
        double factor = schedule.factor(step);
        double present = (double) planned / Math.max(1, draws);
        double norm = draws == 0 ? 0 : learner.step(factor, present);
        step++;
        LossParts mean = present == 1 ? sum.parts() : sum.times(present);
        LearningRate rates = config.optimizer().learningRate();
        StepRow row = new StepRow(
                step,
                parts.sampler().epochOf(step) + 1,
                mean,
                norm,
                List.of(factor * rates.vision(), factor * rates.abstractor(), factor * rates.decoder()),
                draws);
        onFirst(() -> output.stepped(row));
    }

    private void evaluateIfDue() {
        boolean due = step % config.evaluation().every() == 0 || step == total;
        if (due && step > best.last()) {
            parts.evaluator().ifPresent(this::evaluate);
        }
    }

    private void evaluate(Evaluator evaluator) {
        EvaluationRow row = evaluated(evaluator);
        double value = config.evaluation().metric() == BestBy.SRCC ? row.srcc() : row.plcc();
        boolean better = best.isBeatenBy(value);
        onFirst(() -> output.evaluated(row, better, learner));
        best = best.after(step, value); // now that it is written
    }

    private EvaluationRow evaluated(Evaluator evaluator) {
        try {
            return learner.withResult(() -> evaluator.evaluate(learner.network(), step));
        } catch (LostRankException e) {
            throw e;
        } catch (DeqaException e) {
            throw saved(e, "put the image back");
        }
    }

    private boolean outOfPatience() {
        int patience = config.schedule().patience();
        return patience > 0 && best.since() >= patience;
    }

    private void save() {
        onFirst(() -> output.save(state(), learner));
    }

    private CheckpointState state() {
        return new CheckpointState(step, learner.optimizerSteps(), learner.randomPosition(), best, parts.identity());
    }

    /** Writes; where the first rank cannot, all of them end. */
    private void onFirst(Runnable writing) {
        ranks.together(() -> {
            writing.run();
            return step;
        });
    }

    /** What to say when an image is gone: all whole steps are saved. */
    private DeqaException saved(DeqaException e, String remedy) {
        save();
        return new DeqaException(
                e.getMessage() + "; step " + step + " is saved, so " + remedy + " and go on with --resume", e);
    }

    /** What to say when another rank is gone. The first one has all that a checkpoint needs. */
    private DeqaException alone(LostRankException e) {
        learner.abandonStep();
        output.save(state(), learner);
        return new DeqaException(
                e.getMessage() + (ranks.first() ? "; step " + step + " is saved, go on with --resume" : ""), e);
    }

    private DeqaException stopped(NonFiniteException e, List<LoadedBatch> passed) {
        learner.abandonStep();
        Optional<String> damaged = learner.damagedWeight();
        if (damaged.isPresent()) { // no fault of the images
            throw new DeqaException(
                    "step " + (step + 1) + ": " + e.getMessage() + ", because the weight " + damaged.get()
                            + " holds a NaN or an infinite number, so the run stops; "
                            + (step == 0
                                    ? "start from a network whose weights are all finite"
                                    : "begin anew in another output.directory with a lower optimizer.learning_rate or an"
                                            + " optimizer.clip_norm"),
                    e);
        }
        List<String> ids = passed.stream()
                .flatMap(batch -> batch.batch().draws().stream())
                .flatMap(draw -> draw.samples().map(Sample::id))
                .toList();
        String where = ranks.together(() -> output.failed(step + 1, e.getMessage(), ids));
        return new DeqaException(
                "step " + (step + 1) + ": " + e.getMessage() + ", so the run stops" + where
                        + "; or begin anew in another output.directory with a lower optimizer.learning_rate or an"
                        + " optimizer.clip_norm",
                e);
    }
}
