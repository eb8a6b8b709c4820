package io.github.deqa4j.train;

import java.nio.file.Path;

/**
 * The end of a run.
 *
 * @param ending why
 * @param steps steps done
 * @param output directory of the trained network; after an interruption it does not exist yet
 */
public record TrainingResult(Ending ending, int steps, Path output) {
    /** Why a run ended. */
    public enum Ending {
        /** All steps are done. */
        FINISHED,
        /** As many evaluations as {@code schedule.patience} says were no better than the best. */
        NO_GAIN,
        /** It was asked to stop, and saved a checkpoint. */
        INTERRUPTED
    }
}
