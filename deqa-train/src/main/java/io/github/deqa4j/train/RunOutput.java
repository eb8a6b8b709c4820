package io.github.deqa4j.train;

import io.github.deqa4j.train.checkpoint.CheckpointState;
import io.github.deqa4j.train.report.EvaluationRow;
import io.github.deqa4j.train.report.StepRow;
import java.util.List;

/** What a run writes and tells. Where several processes run it, one of them has it, and the others have {@link #none}. */
interface RunOutput extends AutoCloseable {
    /** One that writes nothing. */
    static RunOutput none() {
        return new RunOutput() {};
    }

    /** The run begins, or goes on after steps done before. */
    default void started(int done, int total) {}

    /** A step was made. */
    default void stepped(StepRow row) {}

    /** The network was tried; the best is kept. */
    default void evaluated(EvaluationRow row, boolean best, Learner learner) {}

    /**
     * Saves a checkpoint, unless there is one of this step.
     *
     * @throws io.github.deqa4j.DeqaException if it cannot be written
     */
    default void save(CheckpointState state, Learner learner) {}

    /** Writes the learnt network. */
    default void finished(Learner learner) {}

    /** Draws the curves of what is logged so far. */
    default void draw() {}

    /** Writes which samples a step failed with; gives a clause that says where. */
    default String failed(int step, String problem, List<String> ids) {
        return "";
    }

    @Override
    default void close() {}
}
