package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.file.FileLock;
import io.github.deqa4j.file.JsonFile;
import io.github.deqa4j.train.checkpoint.CheckpointStore;
import io.github.deqa4j.train.checkpoint.Producer;
import io.github.deqa4j.train.checkpoint.ResumableException;
import io.github.deqa4j.train.checkpoint.RunIdentity;
import io.github.deqa4j.train.checkpoint.TrainState;
import io.github.deqa4j.train.checkpoint.TrainingCheckpoint;
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
import java.util.Optional;

/** The output directory of a run, which the first rank writes. It is locked until this is closed. */
final class RunDirectory implements RunOutput {
    /** File in {@code best} that says how the best network was chosen. */
    static final String CHOICE = "chosen.json";

    private final Path directory;
    private final TrainingConfig config;
    private final TrainingListener listener;
    private final FileLock lock;
    private final Producer producer;
    private final CheckpointStore store;
    private final Optional<TrainingCheckpoint> checkpoint;
    private final RunLog log;
    private int savedStep;

    private RunDirectory(
            FileLock lock,
            TrainingConfig config,
            boolean resume,
            TrainState start,
            Producer producer,
            TrainingListener listener) {
        this.directory = Path.of(config.output().directory());
        this.config = config;
        this.listener = listener;
        this.lock = lock;
        this.producer = producer;
        store = new CheckpointStore(
                directory.resolve("checkpoints"), config.checkpoints().keep(), producer);
        checkpoint = resume ? newest() : none();
        checkpoint.ifPresent(found -> RunIdentity.requireSame(found, start.identity()));
        TrainState state = checkpoint.map(TrainingCheckpoint::state).orElse(start);
        savedStep = state.step();
        log = new RunLog(directory, state.step(), state.progress().last());
    }

    /**
     * Opens the directory of a run, and makes it if it does not exist.
     *
     * @param resume whether to resume from the newest checkpoint in it
     * @param start the state of the run before its first step
     * @param producer written into checkpoints and the best network
     * @throws DeqaException if another process uses it, it holds a run that is not to be resumed, its checkpoint is of other
     *     settings, or it cannot be written
     */
    static RunDirectory open(
            TrainingConfig config, boolean resume, TrainState start, Producer producer, TrainingListener listener) {
        FileLock lock = FileLock.ofDirectory(
                CheckpointStore.make(Path.of(config.output().directory())));
        try {
            return new RunDirectory(lock, config, resume, start, producer, listener);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public Optional<TrainingCheckpoint> checkpoint() {
        return checkpoint;
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
    public void evaluated(EvaluationRow row, boolean best, NetworkOptimizer optimizer) {
        log.evaluation(row);
        log.draw();
        if (best) {
            optimizer.write(directory.resolve("best"), folder -> JsonFile.write(folder.resolve(CHOICE), choice(row)));
        }
        listener.evaluated(row, best);
    }

    @Override
    public void save(TrainState state, NetworkOptimizer optimizer) {
        if (savedStep == state.step() && !store.isEmpty()) {
            return;
        }
        requireFinite(state.step(), optimizer);
        Path saved = store.save(state, optimizer.tensors());
        savedStep = state.step();
        listener.saved(saved);
    }

    @Override
    public void finished(NetworkOptimizer optimizer) {
        optimizer.write(directory.resolve("model"), folder -> {});
    }

    /** How the best network was chosen. */
    private Map<String, Object> choice(EvaluationRow row) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("step", row.step());
        choice.put("srcc", row.srcc());
        choice.put("plcc", row.plcc());
        choice.put("best_by", config.evaluation().metric().name().toLowerCase(Locale.ROOT));
        choice.put("chosen_on", config.evaluation().meta());
        choice.put("producer", producer);
        choice.put(
                "note",
                "The network was chosen by its figures on the file in chosen_on, so they are optimistic. Report"
                        + " figures on images that nothing was chosen by.");
        return choice;
    }

    /** A network with a NaN must not replace the older checkpoints. */
    private static void requireFinite(int step, NetworkOptimizer optimizer) {
        optimizer.network().nonFiniteWeight().ifPresent(name -> {
            throw new DeqaException(
                    "step " + step + ": the weight " + name + " holds a NaN or an infinite number, so the run stops"
                            + " and this step is not saved; begin anew in another"
                            + " output.directory with a lower optimizer.learning_rate"
                            + " or an optimizer.clip_norm");
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
        try {
            log.close();
        } finally {
            lock.close();
        }
    }

    private Optional<TrainingCheckpoint> newest() {
        Optional<TrainingCheckpoint> newest = store.newest(listener::warned);
        if (newest.isEmpty()) {
            listener.warned(directory + ": there is no whole checkpoint yet, so the run begins at its start");
        }
        return newest;
    }

    private Optional<TrainingCheckpoint> none() {
        if (!store.isEmpty()) {
            throw new ResumableException(
                    directory + ": there is a run here already; resume it, or choose another output.directory");
        }
        return Optional.empty();
    }
}
