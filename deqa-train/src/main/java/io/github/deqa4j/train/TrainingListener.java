package io.github.deqa4j.train;

import io.github.deqa4j.train.report.EvaluationRow;
import io.github.deqa4j.train.report.StepRow;
import java.nio.file.Path;

/** Is told how a run goes, on the thread that runs it. */
public interface TrainingListener {
    /** Everything is read, and the first step is next. */
    default void prepared(RunFacts facts) {}

    /**
     * The run begins, or goes on.
     *
     * @param done steps done before
     * @param total steps of the whole run
     */
    default void started(int done, int total) {}

    /** A step was made. */
    default void stepped(StepRow row) {}

    /**
     * The network was tried.
     *
     * @param best whether it was never better
     */
    default void evaluated(EvaluationRow row, boolean best) {}

    /** A checkpoint was saved. */
    default void saved(Path checkpoint) {}

    /** Something is worth knowing of a run where all is well. */
    default void noted(String sentence) {}

    /** Something is odd, but the run goes on. */
    default void warned(String sentence) {}
}
