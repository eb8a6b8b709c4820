package io.github.deqa4j.spark;

import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scorer for each model and its settings, which is opened by the first task that asks for it and shared by all.
 *
 * <p>{@link #OF_JVM} stays open until the JVM ends. Spark starts many tasks, one after another, in the JVM of an executor, and has
 * no place for what they share; therefore it is static.
 */
final class SharedScorers implements AutoCloseable {
    /** Those of this JVM. */
    static final SharedScorers OF_JVM = closedAtExit(new SharedScorers(SharedScorers::open));

    private static final Logger LOG = LoggerFactory.getLogger(SharedScorers.class);

    private final Function<ScoringSettings, Scorer> opener;
    private final Map<ScoringSettings, Scorer> opened = new HashMap<>();
    private boolean closed;

    SharedScorers(Function<ScoringSettings, Scorer> opener) {
        this.opener = opener;
    }

    /**
     * The scorer of some settings. Who asks while it is opened waits. An attempt that failed is made again by the next task.
     *
     * @throws io.github.deqa4j.DeqaException if the model cannot be opened
     */
    synchronized Scorer get(ScoringSettings settings) {
        if (closed) {
            throw new ScorerClosedException("the executor is shutting down, and its models are closed");
        }
        try {
            return opened.computeIfAbsent(settings, opener);
        } catch (LinkageError e) {
            // Of an error of this kind, also as a cause, Spark ends the executor, and the next one after it.
            throw new ModelLoadException(
                    "the model cannot be opened, because a library is missing or has another version (" + e
                            + "); the executors need the jars of deqa-spark and of all its dependencies");
        }
    }

    /** Closes all. Tasks that are scoring end their pass first. */
    @Override
    public synchronized void close() {
        closed = true;
        opened.values().forEach(Scorer::close);
        opened.clear();
    }

    /** How many processors Spark gives to the task on this thread; outside a task, as where a plan is made, all. */
    static int processorsOfTask() {
        TaskContext task = TaskContext.get();
        return task == null ? Runtime.getRuntime().availableProcessors() : task.cpus();
    }

    private static Scorer open(ScoringSettings settings) {
        ScorerSettings scoring = settings.scorerSettings()
                .withThreads(processorsOfTask())
                .withMaxPasses(Integer.MAX_VALUE) // Spark says how many tasks run at once
                .withWarnings(LOG::debug); // there may be one for each of a hundred million images
        Scorer scorer = Scorers.open(settings.source(LOG::warn), scoring);
        try {
            LOG.info("Opened {} ({})", settings.model(), scorer.model().identity()); // hashes the model, once
            return scorer;
        } catch (RuntimeException | Error e) {
            scorer.close();
            throw e;
        }
    }

    private static SharedScorers closedAtExit(SharedScorers scorers) {
        Runtime.getRuntime().addShutdownHook(new Thread(scorers::close, "deqa-close"));
        return scorers;
    }
}
