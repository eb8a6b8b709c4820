package io.github.deqa4j.train.checkpoint;

import java.util.Map;

/**
 * What a run must know, beside its tensors, to go on.
 *
 * @param step steps done; the place in the data and in the schedule follows from it
 * @param optimizerSteps changes of the weights, which is fewer where steps were left out
 * @param randomPosition how many random seeds were drawn
 * @param progress how evaluations went
 * @param identity what the run was made with, by name
 */
public record CheckpointState(
        int step, long optimizerSteps, long randomPosition, BestSoFar progress, Map<String, String> identity) {
    public CheckpointState {
        identity = Map.copyOf(identity);
    }
}
