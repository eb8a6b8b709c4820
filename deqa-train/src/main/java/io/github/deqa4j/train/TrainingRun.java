package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.torch.distributed.LostRankException;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.loss.Loss;
import io.github.deqa4j.torch.loss.LossParts;
import io.github.deqa4j.train.TrainingResult.Ending;
import io.github.deqa4j.train.checkpoint.ResumableException;
import io.github.deqa4j.train.checkpoint.TrainState;
import io.github.deqa4j.train.checkpoint.TrainState.BestEvaluation;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Tensor;

/** The training loop: steps, evaluations and checkpoints. */
final class TrainingRun implements AutoCloseable {
    private final TrainingConfig config;
    private final TrainingListener listener;
    private final BooleanSupplier stop;
    private final ProcessGroup group;
    private final TrainingData data;
    private final Task task;
    private final NetworkOptimizer optimizer;
    private final RunOutput output;
    private final Map<String, String> identity;
    private final BatchLoader loader;
    private final CosineSchedule schedule;
    private final int total;
    private int step;
    private BestEvaluation best;

    /**
     * A run from its first step, or from the step after a checkpoint.
     *
     * @param state the state before the next step
     */
    TrainingRun(
            RunContext run,
            TrainingData data,
            Task task,
            NetworkOptimizer optimizer,
            RunOutput output,
            TrainState state) {
        config = run.config();
        listener = run.listener();
        stop = run.stop();
        group = run.group();
        this.data = data;
        this.task = task;
        this.optimizer = optimizer;
        this.output = output;
        identity = state.identity();
        step = state.step();
        best = state.progress();
        total = data.sampler().totalSteps();
        schedule = CosineSchedule.of(total, config.schedule());
        loader = data.loader(step, run);
    }

    TrainingResult run() {
        try {
            return steps();
        } catch (LostRankException e) {
            throw lost(e);
        }
    }

    @Override
    public void close() {
        loader.close();
    }

    private TrainingResult steps() {
        output.started(step, total);
        evaluateIfDue(); // the run may have ended between a step and its evaluation
        while (step < total && !outOfPatience()) {
            if (group.max(stop.getAsBoolean() ? 1 : 0) > 0) {
                return end(Ending.INTERRUPTED);
            }
            step();
            evaluateIfDue();
            if (step % config.checkpoints().every() == 0) {
                save();
            }
        }
        save(); // before the network is written, for which there may be no room
        onFirst(() -> output.finished(optimizer));
        return end(step < total ? Ending.NO_GAIN : Ending.FINISHED);
    }

    private TrainingResult end(Ending ending) {
        save();
        onFirst(output::draw);
        return new TrainingResult(
                ending, step, Path.of(config.output().directory()).resolve("model"));
    }

    private void step() {
        List<LoadedBatch> batches = new ArrayList<>();
        try {
            LossParts loss = LossParts.ZERO;
            int items = 0;
            boolean more = true;
            while (more) {
                LoadedBatch batch = next();
                batches.add(batch);
                batch.problems().forEach(problem -> listener.warned(problem.getMessage() + "; it is left out"));
                int size = (int) group.sum(new double[] {batch.items().size()})[0];
                if (size > 0) {
                    double share = (double) size / batch.batch().stepItems();
                    loss = loss.plus(optimizer.backward(() -> loss(batch), share), share);
                    items += size;
                }
                more = !batch.batch().endsStep();
            }
            finish(loss, items, batches.get(0).batch().stepItems());
        } catch (NonFiniteException e) {
            throw stopped(e, batches);
        }
    }

    private Loss loss(LoadedBatch batch) {
        Tensor device = optimizer.network().trained().firstEntry().getValue().value();
        return task.loss(batch, group, device);
    }

    private LoadedBatch next() {
        try {
            return group.together(loader::next);
        } catch (LostRankException | SettingsException e) {
            throw e;
        } catch (DeqaException e) {
            optimizer.abandonStep();
            throw saved(e, "put the image back, or set data.missing_pictures to skip,");
        }
    }

    /** Changes the weights. A step without a readable image changes nothing. */
    private void finish(LossParts loss, int items, int planned) {
        double factor = schedule.factor(step);
        double present = (double) planned / Math.max(1, items);
        double norm = items == 0 ? 0 : optimizer.step(factor, present);
        step++;
        LossParts mean = present == 1 ? loss : LossParts.ZERO.plus(loss, present);
        LearningRate rates = config.optimizer().learningRate();
        StepRow row = new StepRow(
                step,
                data.sampler().epochOf(step) + 1,
                mean,
                norm,
                List.of(factor * rates.vision(), factor * rates.abstractor(), factor * rates.decoder()),
                items);
        onFirst(() -> output.stepped(row));
    }

    private void evaluateIfDue() {
        boolean due = step % config.evaluation().every() == 0 || step == total;
        if (due && step > best.last()) {
            data.evaluator().ifPresent(this::evaluate);
        }
    }

    private void evaluate(Evaluator evaluator) {
        EvaluationRow row = evaluated(evaluator);
        double value = config.evaluation().metric() == BestBy.SRCC ? row.srcc() : row.plcc();
        boolean better = best.isBeatenBy(value);
        onFirst(() -> output.evaluated(row, better, optimizer));
        best = best.after(step, value); // only after it is written
    }

    private EvaluationRow evaluated(Evaluator evaluator) {
        try {
            return optimizer.withAverages(
                    () -> evaluator.evaluate(optimizer.network().network(), step));
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
        onFirst(() -> output.save(state(), optimizer));
    }

    private TrainState state() {
        return new TrainState(step, optimizer.steps(), optimizer.randomPosition(), best, identity);
    }

    /** Writes on the first rank. If that fails, all ranks end. */
    private void onFirst(Runnable writing) {
        group.together(() -> {
            writing.run();
            return step;
        });
    }

    /** Saves the complete steps after an image could not be read. */
    private ResumableException saved(DeqaException e, String remedy) {
        save();
        return new ResumableException(
                e.getMessage() + "; step " + step + " is saved, so " + remedy + " and resume the run", e);
    }

    /** Saves the complete steps after another rank was lost. The first rank has all that a checkpoint needs. */
    private DeqaException lost(LostRankException e) {
        optimizer.abandonStep();
        output.save(state(), optimizer);
        return group.first()
                ? new ResumableException(e.getMessage() + "; step " + step + " is saved, so resume the run", e)
                : new DeqaException(e.getMessage(), e);
    }

    private DeqaException stopped(NonFiniteException e, List<LoadedBatch> batches) {
        optimizer.abandonStep();
        Optional<String> damaged = optimizer.network().nonFiniteWeight();
        if (damaged.isPresent()) { // the images are not to blame
            throw new DeqaException(
                    "step " + (step + 1) + ": " + e.getMessage() + ", because the weight " + damaged.get()
                            + " holds a NaN or an infinite number, so the run stops; "
                            + (step == 0
                                    ? "start from a network whose weights are all finite"
                                    : "begin anew in another output.directory with a lower optimizer.learning_rate or"
                                            + " an optimizer.clip_norm"),
                    e);
        }
        List<String> ids = batches.stream()
                .flatMap(batch -> batch.batch().items().stream())
                .flatMap(item -> item.samples().map(Sample::id))
                .toList();
        String where = group.together(() -> output.failed(step + 1, e.getMessage(), ids));
        return new DeqaException(
                "step " + (step + 1) + ": " + e.getMessage() + ", so the run stops" + where
                        + "; or begin anew in another output.directory with a lower optimizer.learning_rate or an"
                        + " optimizer.clip_norm",
                e);
    }
}
