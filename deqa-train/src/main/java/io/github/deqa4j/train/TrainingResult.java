package io.github.deqa4j.train;

import java.nio.file.Path;

/**
 * How a run ended.
 *
 * @param ending why
 * @param steps steps done
 * @param output where the learnt network is; after an interruption, where it will be
 */
public record TrainingResult(Ending ending, int steps, Path output) {
    /** Why a run ended. */
    public enum Ending {
        /** All steps are done. */
        FINISHED,
        /** Evaluations did not get better for as long as the settings say. */
        NO_GAIN,
        /** It was asked to stop, and saved a checkpoint. */
        INTERRUPTED
    }
}
