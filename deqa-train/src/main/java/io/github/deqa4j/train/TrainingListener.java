package io.github.deqa4j.train;

import io.github.deqa4j.train.report.EvaluationRow;
import io.github.deqa4j.train.report.StepRow;
import java.nio.file.Path;

/** Receives the progress of a run, on the thread that runs it. */
public interface TrainingListener {
    /**
     * What a run is about to do.
     *
     * @param sets number of data sets
     * @param itemsPerEpoch number of pairs, or of single images, of an epoch
     * @param stepsPerEpoch number of steps of an epoch
     * @param trained number of weights that are trained
     * @param weights number of all weights of the network, those of an adapter included
     */
    record RunSummary(int sets, int itemsPerEpoch, int stepsPerEpoch, long trained, long weights) {}

    /** All files are read; the first step is next. */
    default void prepared(RunSummary summary) {}

    /**
     * The run starts or resumes.
     *
     * @param done number of steps done before
     * @param total number of steps of the whole run
     */
    default void started(int done, int total) {}

    /** A step is done. */
    default void stepped(StepRow row) {}

    /**
     * The network was evaluated.
     *
     * @param best whether this is the best evaluation so far
     */
    default void evaluated(EvaluationRow row, boolean best) {}

    /** A checkpoint was saved. */
    default void saved(Path checkpoint) {}

    /** A sentence about the run that is worth knowing, though nothing is wrong. */
    default void noted(String sentence) {}

    /** A sentence about something that may be wrong; the run goes on. */
    default void warned(String sentence) {}
}
