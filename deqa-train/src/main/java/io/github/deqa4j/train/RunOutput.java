package io.github.deqa4j.train;

import io.github.deqa4j.train.checkpoint.TrainState;
import io.github.deqa4j.train.checkpoint.TrainingCheckpoint;
import io.github.deqa4j.train.report.EvaluationRow;
import io.github.deqa4j.train.report.StepRow;
import java.util.List;
import java.util.Optional;

/** What a run writes and reports. Only the first rank writes; the others have {@link #none}. */
interface RunOutput extends AutoCloseable {
    /** An output that writes nothing. */
    static RunOutput none() {
        return new RunOutput() {};
    }

    /** The checkpoint that the run resumes from; empty at the start of a run. */
    default Optional<TrainingCheckpoint> checkpoint() {
        return Optional.empty();
    }

    /**
     * The run starts or resumes.
     *
     * @param done number of steps done before
     * @param total number of steps of the whole run
     */
    default void started(int done, int total) {}

    /** A step is done. */
    default void stepped(StepRow row) {}

    /** The network was evaluated. The best network is kept, and the curves are drawn. */
    default void evaluated(EvaluationRow row, boolean best, NetworkOptimizer optimizer) {}

    /**
     * Saves a checkpoint, unless there is one of this step.
     *
     * @throws io.github.deqa4j.DeqaException if it cannot be written, or a weight is not finite
     */
    default void save(TrainState state, NetworkOptimizer optimizer) {}

    /** Writes the trained network. */
    default void finished(NetworkOptimizer optimizer) {}

    /** Draws the curves of what is logged so far. */
    default void draw() {}

    /**
     * Writes the samples of a step that failed.
     *
     * @return a clause for a message that says where they are; empty if nothing was written
     */
    default String failed(int step, String problem, List<String> ids) {
        return "";
    }

    @Override
    default void close() {}
}
