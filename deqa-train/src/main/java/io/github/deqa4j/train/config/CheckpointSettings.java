package io.github.deqa4j.train.config;

/**
 * How the run is saved, so that it can go on after an interruption.
 *
 * @param every steps from one checkpoint to the next; the last step and an interruption always make one
 * @param keep how many checkpoints stay, the newest
 */
public record CheckpointSettings(int every, int keep) {
    /** Checks the ranges. */
    public CheckpointSettings {
        TrainingConfig.requirePositive(every, "checkpoints.every");
        TrainingConfig.requirePositive(keep, "checkpoints.keep");
    }

    static CheckpointSettings every(int steps) {
        return new CheckpointSettings(steps, 2);
    }
}
