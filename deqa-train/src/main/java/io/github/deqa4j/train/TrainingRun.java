package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.JsonFile;
import io.github.deqa4j.torch.loss.LossParts;
import io.github.deqa4j.train.TrainingResult.Ending;
import io.github.deqa4j.train.checkpoint.BestSoFar;
import io.github.deqa4j.train.checkpoint.CheckpointState;
import io.github.deqa4j.train.config.DataSettings.MissingPictures;
import io.github.deqa4j.train.config.EvaluationPlan.BestBy;
import io.github.deqa4j.train.config.OptimizerSettings.LearningRate;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.BatchLoader;
import io.github.deqa4j.train.data.LoadedBatch;
import io.github.deqa4j.train.data.Sample;
import io.github.deqa4j.train.report.EvaluationRow;
import io.github.deqa4j.train.report.RunLog;
import io.github.deqa4j.train.report.StepRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The loop of a run: steps, evaluations, checkpoints, and the ways it can end. */
final class TrainingRun implements AutoCloseable {
    private static final long MIB = 1L << 20;

    private final TrainingConfig config;
    private final RunParts parts;
    private final TrainingListener listener;
    private final BooleanSupplier stop;
    private final Path output;
    private final RunLog log;
    private final BatchLoader loader;
    private final CosineSchedule schedule;
    private final int total;
    private int step;
    private int savedStep;
    private BestSoFar best;

    /**
     * A run.
     *
     * @param saved where it goes on; empty for its start
     */
    TrainingRun(
            TrainingConfig config,
            RunParts parts,
            Optional<CheckpointState> saved,
            TrainingListener listener,
            BooleanSupplier stop) {
        this.config = config;
        this.parts = parts;
        this.listener = listener;
        this.stop = stop;
        output = Path.of(config.output().directory());
        step = saved.map(CheckpointState::step).orElse(0);
        savedStep = step;
        best = saved.map(CheckpointState::progress).orElse(BestSoFar.NONE);
        total = parts.sampler().totalSteps();
        schedule = CosineSchedule.of(total, config.schedule());
        log = new RunLog(output, step);
        loader = new BatchLoader(
                parts.sampler().after(step),
                parts.pictures(),
                config.data().memoryMib() * MIB,
                config.data().threads(),
                config.data().missingPictures() == MissingPictures.SKIP);
    }

    TrainingResult run() {
        listener.started(step, total);
        while (step < total && !outOfPatience()) {
            if (stop.getAsBoolean()) {
                return end(Ending.INTERRUPTED);
            }
            step();
            if (evaluationIsDue()) {
                evaluate();
            }
            if (step % config.checkpoints().every() == 0) {
                save();
            }
        }
        Ending ending = step < total ? Ending.NO_GAIN : Ending.FINISHED;
        parts.learner().write(output.resolve("model"));
        return end(ending);
    }

    @Override
    public void close() {
        loader.close();
        log.close();
    }

    private TrainingResult end(Ending ending) {
        if (savedStep != step || parts.store().isEmpty()) {
            save();
        }
        log.draw();
        return new TrainingResult(ending, step, output.resolve("model"));
    }

    private void step() {
        List<LoadedBatch> passed = new ArrayList<>();
        try {
            LossSum sum = LossSum.ZERO;
            int draws = 0;
            boolean more = true;
            while (more) {
                LoadedBatch batch = loader.next();
                passed.add(batch);
                batch.problems().forEach(problem -> listener.warned(problem.getMessage() + "; its pair is left out"));
                int size = batch.draws().size();
                if (size > 0) {
                    double share = (double) size / batch.batch().stepDraws();
                    sum = sum.plus(parts.learner().pass(() -> parts.loss().of(batch), share), share);
                    draws += size;
                }
                more = !batch.batch().endsStep();
            }
            finish(sum, draws, passed.get(0).batch().stepDraws());
        } catch (NonFiniteException e) {
            throw stopped(e, passed);
        } catch (DeqaException e) {
            parts.learner().abandonStep();
            throw saved(e);
        }
    }

    /** Changes the weights; a step none of whose pictures could be read changes nothing. */
    private void finish(LossSum sum, int draws, int planned) {
        double factor = schedule.factor(step);
        double present = (double) planned / Math.max(1, draws);
        double norm = draws == 0 ? 0 : parts.learner().step(factor, present);
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
        log.step(row);
        listener.stepped(row);
    }

    private boolean evaluationIsDue() {
        return step % config.evaluation().every() == 0 || step == total;
    }

    private void evaluate() {
        if (parts.evaluator().isEmpty()) {
            return;
        }
        Evaluator evaluator = parts.evaluator().get();
        EvaluationRow row = parts.learner()
                .withResult(() -> evaluator.evaluate(parts.learner().model(), step));
        double value = config.evaluation().metric() == BestBy.SRCC ? row.srcc() : row.plcc();
        boolean better = best.isBeatenBy(value);
        best = best.after(step, value);
        log.evaluation(row);
        if (better) {
            parts.learner().write(output.resolve("best"));
        }
        listener.evaluated(row, better);
    }

    private boolean outOfPatience() {
        int patience = config.schedule().patience();
        return patience > 0 && best.since() >= patience;
    }

    private void save() {
        CheckpointState state = new CheckpointState(
                step, parts.learner().optimizerSteps(), parts.learner().randomPosition(), best, parts.identity());
        Path checkpoint = parts.store().save(state, parts.learner().tensors());
        savedStep = step;
        log.draw();
        listener.saved(checkpoint);
    }

    /** What to say when a picture is gone: everything before this step is saved. */
    private DeqaException saved(DeqaException e) {
        if (savedStep != step || parts.store().isEmpty()) {
            save();
        }
        return new DeqaException(
                e.getMessage() + "; step " + step
                        + " is saved, so put the picture back, or set data.missing_pictures to skip, and go on with --resume",
                e);
    }

    private DeqaException stopped(NonFiniteException e, List<LoadedBatch> passed) {
        parts.learner().abandonStep();
        Path file = output.resolve("stopped-at-step-" + (step + 1) + ".json");
        List<String> ids = passed.stream()
                .flatMap(batch -> batch.draws().stream())
                .flatMap(draw -> draw.samples().map(Sample::id))
                .toList();
        JsonFile.write(file, Map.of("step", step + 1, "problem", e.getMessage(), "ids", ids));
        return new DeqaException(
                "step " + (step + 1) + ": " + e.getMessage() + ", so the run stops; the ids of its pictures are in "
                        + file + "; look at them, or lower optimizer.learning_rate or set optimizer.clip_norm",
                e);
    }
}
