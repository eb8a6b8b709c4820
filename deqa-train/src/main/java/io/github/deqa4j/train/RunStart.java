package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.FileLock;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.train.checkpoint.BestSoFar;
import io.github.deqa4j.train.checkpoint.CheckpointState;
import io.github.deqa4j.train.checkpoint.CheckpointStore;
import io.github.deqa4j.train.checkpoint.RunIdentity;
import io.github.deqa4j.train.checkpoint.SavedRun;
import io.github.deqa4j.train.config.TrainingConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run begins or goes on. The first rank reads it from the run's directory, and the others are told; they need no such
 * directory.
 *
 * @param directory of the first rank alone
 * @param store of the first rank alone
 * @param saved of the first rank alone, if the run goes on
 * @param use of the first rank alone: its right to the directory, which it keeps until it closes this
 * @param step steps done before
 * @param optimizerSteps changes of the weights before
 * @param randomPosition random seeds drawn before
 * @param best how evaluations went before
 */
record RunStart(
        Optional<Path> directory,
        Optional<CheckpointStore> store,
        Optional<SavedRun> saved,
        Optional<FileLock> use,
        int step,
        long optimizerSteps,
        long randomPosition,
        BestSoFar best)
        implements AutoCloseable {
    /** What is known of it on the other ranks, before they are told. */
    static final RunStart ELSEWHERE = new RunStart(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, 0, BestSoFar.NONE);

    /**
     * Looks for a checkpoint, and makes the directory ready.
     *
     * @throws DeqaException if there is another run, or the checkpoint is of other settings, or nothing can be written
     */
    static RunStart open(
            TrainingConfig config, boolean resume, Map<String, String> identity, TrainingListener listener) {
        Path directory = CheckpointStore.make(Path.of(config.output().directory()));
        FileLock use = FileLock.ofDirectory(directory);
        try {
            return open(config, resume, identity, listener, directory, use);
        } catch (RuntimeException e) {
            use.close();
            throw e;
        }
    }

    private static RunStart open(
            TrainingConfig config,
            boolean resume,
            Map<String, String> identity,
            TrainingListener listener,
            Path directory,
            FileLock use) {
        CheckpointStore store = new CheckpointStore(
                directory.resolve("checkpoints"), config.checkpoints().keep());
        Optional<SavedRun> saved = saved(store, directory, resume, listener);
        saved.ifPresent(run -> RunIdentity.requireSame(run, identity));
        RunStart start = saved.map(SavedRun::state).map(RunStart::after).orElse(ELSEWHERE);
        return new RunStart(
                Optional.of(directory),
                Optional.of(store),
                saved,
                Optional.of(use),
                start.step,
                start.optimizerSteps,
                start.randomPosition,
                start.best);
    }

    /** What every rank must know of it. */
    RunStart told(ProcessGroup ranks) {
        double[] numbers = ranks.broadcast(
                new double[] {
                    step,
                    (double) optimizerSteps,
                    (double) randomPosition,
                    best.step(),
                    best.value(),
                    best.since(),
                    best.last()
                },
                0);
        return new RunStart(
                directory,
                store,
                saved,
                use,
                (int) numbers[0],
                (long) numbers[1],
                (long) numbers[2],
                new BestSoFar((int) numbers[3], numbers[4], (int) numbers[5], (int) numbers[6]));
    }

    /** Where this rank writes. */
    RunOutput output(TrainingConfig config, TrainingListener listener) {
        return directory
                .flatMap(path -> store.map(
                        kept -> (RunOutput) new RunDirectory(path, kept, step, best.last(), config, listener)))
                .orElse(RunOutput.none());
    }

    @Override
    public void close() {
        use.ifPresent(FileLock::close);
    }

    private static RunStart after(CheckpointState state) {
        return new RunStart(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                state.step(),
                state.optimizerSteps(),
                state.randomPosition(),
                state.progress());
    }

    private static Optional<SavedRun> saved(
            CheckpointStore store, Path directory, boolean resume, TrainingListener listener) {
        if (resume) {
            Optional<SavedRun> saved = store.newest(listener::warned);
            if (saved.isEmpty()) {
                listener.warned(directory + ": there is no whole checkpoint yet, so the run begins at its start");
            }
            return saved;
        }
        if (!store.isEmpty()) {
            throw new DeqaException(directory
                    + ": there is a run here already; go on with it with --resume, or choose another output.directory");
        }
        return Optional.empty();
    }
}
