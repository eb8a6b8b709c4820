package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.file.JsonFile;
import io.github.deqa4j.train.checkpoint.CheckpointState;
import io.github.deqa4j.train.checkpoint.CheckpointStore;
import io.github.deqa4j.train.config.ConfigFile;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.report.EvaluationRow;
import io.github.deqa4j.train.report.RunLog;
import io.github.deqa4j.train.report.StepRow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run's directory, and the listener beside it. */
final class RunDirectory implements RunOutput {
    /** In {@code best}: how it was chosen. */
    static final String CHOICE = "chosen.json";

    private final Path directory;
    private final CheckpointStore store;
    private final RunLog log;
    private final TrainingConfig config;
    private final TrainingListener listener;
    private int savedStep;

    /**
     * Opens the logs.
     *
     * @param done steps done before, which are saved
     * @param evaluated the last of them that was evaluated
     */
    RunDirectory(
            Path directory,
            CheckpointStore store,
            int done,
            int evaluated,
            TrainingConfig config,
            TrainingListener listener) {
        this.directory = directory;
        this.store = store;
        this.listener = listener;
        this.config = config;
        log = new RunLog(directory, done, evaluated);
        savedStep = done;
    }

    @Override
    public void started(int done, int total) {
        AtomicDirectory.deleteLeftovers(directory);
        AtomicFile.write(directory.resolve("config.yaml"), ConfigFile.print(config));
        listener.started(done, total);
    }

    @Override
    public void stepped(StepRow row) {
        log.step(row);
        listener.stepped(row);
    }

    @Override
    public void evaluated(EvaluationRow row, boolean best, Learner learner) {
        log.evaluation(row);
        if (best) {
            learner.write(directory.resolve("best"), folder -> JsonFile.write(folder.resolve(CHOICE), choice(row)));
        }
        listener.evaluated(row, best);
    }

    @Override
    public void save(CheckpointState state, Learner learner) {
        if (savedStep == state.step() && !store.isEmpty()) {
            return;
        }
        requireWhole(state.step(), learner);
        Path checkpoint = store.save(state, learner.tensors());
        savedStep = state.step();
        log.draw();
        listener.saved(checkpoint);
    }

    @Override
    public void finished(Learner learner) {
        learner.write(directory.resolve("model"), folder -> {});
    }

    /** Why this network is the best, and what that means for its figures. */
    private Map<String, Object> choice(EvaluationRow row) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("step", row.step());
        choice.put("srcc", row.srcc());
        choice.put("plcc", row.plcc());
        choice.put("best_by", config.evaluation().metric().name().toLowerCase(Locale.ROOT));
        choice.put("chosen_on", config.evaluation().meta());
        choice.put(
                "note",
                "The network was chosen by its figures on the file in chosen_on, so they are optimistic. Report figures on"
                        + " images that nothing was chosen by.");
        return choice;
    }

    /** A network that is lost must not take the place of one that is not. */
    private static void requireWhole(int step, Learner learner) {
        learner.damagedWeight().ifPresent(name -> {
            throw new DeqaException(
                    "step " + step + ": the weight " + name + " holds a NaN or an infinite number, so the"
                            + " run stops and this step is not saved; begin anew in another output.directory with a lower"
                            + " optimizer.learning_rate or an optimizer.clip_norm");
        });
    }

    @Override
    public void draw() {
        log.draw();
    }

    @Override
    public String failed(int step, String problem, List<String> ids) {
        Path file = directory.resolve("stopped-at-step-" + step + ".json");
        JsonFile.write(file, Map.of("step", step, "problem", problem, "ids", ids));
        return "; the ids of its images are in " + file + ", look at them";
    }

    @Override
    public void close() {
        log.close();
    }
}
